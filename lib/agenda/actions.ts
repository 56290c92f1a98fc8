'use server'

import { act } from '@/lib/identity/session.ts'
import * as annexes from './annex-service.ts'
import * as arranging from './arrange-service.ts'
import { requests } from './schema.ts'
import * as visibility from './visibility-service.ts'

export const addSection = act(requests.addSection, arranging.addSection)
export const renameSection = act(requests.renameSection, arranging.renameSection)
export const moveSection = act(requests.moveSection, arranging.moveSection)
export const deleteSection = act(requests.deleteSection, arranging.deleteSection)
export const restoreSection = act(requests.restoreSection, arranging.restoreSection)
export const addItem = act(requests.addItem, arranging.addItem)
export const moveItem = act(requests.moveItem, arranging.moveItem)
export const deleteItem = act(requests.deleteItem, arranging.deleteItem)
export const restoreItem = act(requests.restoreItem, arranging.restoreItem)
export const closeItem = act(requests.closeItem, visibility.closeItem)
export const openItem = act(requests.openItem, visibility.openItem)
export const addLink = act(requests.addLink, annexes.addLink)
export const deleteAnnex = act(requests.deleteAnnex, annexes.deleteAnnex)
export const restoreAnnex = act(requests.restoreAnnex, annexes.restoreAnnex)
