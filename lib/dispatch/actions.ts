'use server'

import { act } from '@/lib/identity/session.ts'
import * as readings from './item-reading-service.ts'
import * as offline from './offline-service.ts'
import { requests } from './schema.ts'
import * as dispatching from './service.ts'

/**
 * Sends an agenda, its next edition or a supplement out and answers its number, or `stale` where something stands in the
 * way that was not seen. Refuses with dispatch-blocked, reason-missing, agenda-frozen, not-found or forbidden.
 */
export const dispatch = act(requests.dispatch, (actor, input) => dispatching.dispatch(actor, input))

/** Lets the working text of a sent agenda go on. Refuses with revision-open, agenda-frozen, not-found or forbidden. */
export const startRevision = act(requests.startRevision, (actor, input) =>
  dispatching.startRevision(actor, input),
)

/** Lets what was sent stand. Refuses with revision-not-empty, agenda-frozen, not-found or forbidden. */
export const endRevision = act(requests.endRevision, (actor, input) => dispatching.endRevision(actor, input))

/** Says why an item comes late. Refuses with reason-missing, agenda-frozen, not-found or forbidden. */
export const giveLateReason = act(requests.giveLateReason, (actor, input) =>
  dispatching.giveLateReason(actor, input),
)

/** Sets a body's deadlines. Refuses with not-found or forbidden. */
export const setDeadlines = act(requests.setDeadlines, (actor, input) =>
  dispatching.setDeadlines(actor, input),
)

/** Notes that one has read these words of items of a meeting. Refuses with not-found. */
export const markItemsRead = act(requests.markItemsRead, (actor, input) =>
  readings.markItemsRead(actor, input),
)

/** Takes the note that one has read an item back. */
export const markItemUnread = act(requests.markItemUnread, readings.markItemUnread)

/** Says whether closed items may be kept for reading without a net. Refuses with not-found or forbidden. */
export const setOfflineRule = act(requests.setOfflineRule, (actor, input) =>
  offline.setOfflineRule(actor, input),
)
