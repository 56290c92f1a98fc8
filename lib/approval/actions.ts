'use server'

import { act } from '@/lib/identity/session.ts'
import * as ruleService from './rule-service.ts'
import { requests } from './schema.ts'
import * as service from './service.ts'

/**
 * Sends 1 to 500 items of one meeting to review and answers `{ submitted }`, the ids of those that were drafts or
 * returned. Refuses with not-found, forbidden or agenda-frozen; items sent before the refused one stay sent.
 */
export const submit = act(requests.submit, service.submit)

/**
 * Approves the words with hash `seenHash` and answers a `Decision`: `stale`, not a refusal, when they moved on.
 * Refuses with not-found, forbidden, agenda-frozen or approval-not-submitted.
 */
export const approve = act(requests.approve, service.approve)

/**
 * Returns an item with a reason of up to 2000 characters and answers a `Decision`, as `approve` does. Refuses with
 * reason-missing, not-found, forbidden, agenda-frozen or approval-not-submitted.
 */
export const returnItem = act(requests.returnItem, service.returnItem)

/**
 * Approves 1 to 500 items, each by the hash of the words that were read, and answers `{ itemId, decision }` for each.
 * Refuses as `approve` does; items approved before the refused one stay approved.
 */
export const approveRead = act(requests.approveRead, service.approveRead)

/** Sets who of the chairmanship must approve an item of a body. Refuses with not-found or forbidden. */
export const setRule = act(requests.setRule, ruleService.setRule)

/**
 * Lets the vice-chair act for the chair from one day to another, with a reason of up to 300 characters. Refuses with
 * reason-missing, stand-in-over, not-found or forbidden.
 */
export const setStandIn = act(requests.setStandIn, ruleService.setStandIn)

/** Calls the body's stand-in off. Refuses with not-found or forbidden. */
export const endStandIn = act(requests.endStandIn, ruleService.endStandIn)

/**
 * Takes one's own last verdict on an item back and answers its `ItemApprovals`. Refuses with not-found, forbidden or
 * agenda-frozen.
 */
export const withdraw = act(requests.withdraw, service.withdraw)
