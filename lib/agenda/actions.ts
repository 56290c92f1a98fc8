'use server'

import { act } from '@/lib/identity/session.ts'
import * as annexes from './annex-service.ts'
import * as arranging from './arrange-service.ts'
import * as recusals from './recusal-service.ts'
import { restoreVersion as bringBack } from './restore-service.ts'
import { requests } from './schema.ts'
import * as transfers from './transfer-service.ts'
import * as versions from './version-service.ts'
import * as visibility from './visibility-service.ts'

/** Adds a section at a place (0 = first) and answers `{ id }`. Refuses with not-found, forbidden or agenda-frozen. */
export const addSection = act(requests.addSection, arranging.addSection)

/** Gives a section another title of 1 to 300 characters. Refuses with not-found, forbidden or agenda-frozen. */
export const renameSection = act(requests.renameSection, arranging.renameSection)

/** Moves a section to a place in its agenda (0 = first). Refuses with not-found, forbidden or agenda-frozen. */
export const moveSection = act(requests.moveSection, arranging.moveSection)

/** Takes a section and its items off the agenda. Refuses with not-found, forbidden or agenda-frozen. */
export const deleteSection = act(requests.deleteSection, arranging.deleteSection)

/** Brings a deleted section and its items back to their place. Refuses with not-found, forbidden or agenda-frozen. */
export const restoreSection = act(requests.restoreSection, arranging.restoreSection)

/**
 * Adds an item at a place in a section (0 = first), its title may be empty, and answers `{ id }`. Refuses with
 * not-found, forbidden or agenda-frozen.
 */
export const addItem = act(requests.addItem, arranging.addItem)

/**
 * Moves an item to a place (0 = first) in a section of the same meeting. Refuses with not-found, forbidden or
 * agenda-frozen.
 */
export const moveItem = act(requests.moveItem, arranging.moveItem)

/** Takes an item off the agenda; its words are kept. Refuses with not-found, forbidden or agenda-frozen. */
export const deleteItem = act(requests.deleteItem, arranging.deleteItem)

/**
 * Brings a deleted item back to its place. Refuses with not-found, also while its section is deleted, forbidden or
 * agenda-frozen.
 */
export const restoreItem = act(requests.restoreItem, arranging.restoreItem)

/**
 * Makes an item confidential under a public title; the reason may be empty. Refuses with public-title-missing,
 * not-found, forbidden or agenda-frozen.
 */
export const closeItem = act(requests.closeItem, visibility.closeItem)

/** Who takes part in deciding an item, as `RecusablePerson[]`. Refuses with not-found or forbidden. */
export const recusable = act(requests.recusable, (actor, input) => recusals.recusable(actor, input))

/** Disqualifies a person from an item, or calls that off. Refuses with not-found, forbidden or invalid-input. */
export const recuse = act(requests.recuse, (actor, input) => recusals.recuse(actor, input))

/** Makes a closed item public again. Refuses with not-found, forbidden or agenda-frozen. */
export const openItem = act(requests.openItem, visibility.openItem)

/**
 * Adds an http, https or mailto address as an annex and answers `{ id }`. Refuses with link-refused, not-found,
 * forbidden or agenda-frozen.
 */
export const addLink = act(requests.addLink, annexes.addLink)

/** Takes a file or link off its item. Refuses with not-found, forbidden or agenda-frozen. */
export const deleteAnnex = act(requests.deleteAnnex, annexes.deleteAnnex)

/** Brings a deleted file or link back to its item. Refuses with not-found, forbidden or agenda-frozen. */
export const restoreAnnex = act(requests.restoreAnnex, annexes.restoreAnnex)

/** The meetings an item may be moved or copied to, with their sections. Refuses with not-found or forbidden. */
export const transferTargets = act(requests.transferTargets, transfers.transferTargets)

/**
 * Moves an item to the end of a section of another meeting of its body and answers `{ meetingId }`. Refuses with
 * item-was-sent, agenda-frozen, invalid-input, not-found or forbidden.
 */
export const transferItem = act(requests.transferItem, transfers.transferItem)

/**
 * Copies an item to the end of a section of another meeting of its body and answers `{ meetingId, itemId }`. Refuses
 * with agenda-frozen, invalid-input, not-found or forbidden.
 */
export const copyItem = act(requests.copyItem, transfers.copyItem)

/** Calls a version by a name of up to 80 characters; an empty one takes it away. Refuses with not-found or forbidden. */
export const nameVersion = act(requests.nameVersion, versions.nameVersion)

/** Keeps the words of now under a name. Refuses with agenda-frozen, not-found or forbidden. */
export const keepNamed = act(requests.keepNamed, versions.keepNamed)

/**
 * Brings the words of a version back and answers `{ changed }`. Refuses with version-was-closed, agenda-frozen,
 * not-found or forbidden.
 */
export const restoreVersion = act(requests.restoreVersion, bringBack)
