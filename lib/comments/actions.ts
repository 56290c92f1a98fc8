'use server'

import { act } from '@/lib/identity/session.ts'
import { requests } from './schema.ts'
import * as service from './service.ts'

export const startThread = act(requests.startThread, (actor, input) => service.startThread(actor, input))
export const reply = act(requests.reply, (actor, input) => service.reply(actor, input))
export const editComment = act(requests.editComment, (actor, input) => service.editComment(actor, input))
export const deleteComment = act(requests.deleteComment, (actor, input) =>
  service.deleteComment(actor, input),
)
export const resolve = act(requests.resolve, (actor, input) => service.resolve(actor, input))
export const reopen = act(requests.reopen, (actor, input) => service.reopen(actor, input))
