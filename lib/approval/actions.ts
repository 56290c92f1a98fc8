'use server'

import { act } from '@/lib/identity/session.ts'
import { requests } from './schema.ts'
import * as service from './service.ts'

export const submit = act(requests.submit, service.submit)
export const approve = act(requests.approve, service.approve)
export const returnItem = act(requests.returnItem, service.returnItem)
export const withdraw = act(requests.withdraw, service.withdraw)
