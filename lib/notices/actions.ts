'use server'

import { act } from '@/lib/identity/session.ts'
import * as outbox from './outbox-service.ts'
import { requests } from './schema.ts'
import * as service from './service.ts'

/** Marks some of one's own notices as read. */
export const markRead = act(requests.markRead, (actor, { noticeIds }) =>
  service.markRead(actor, { ids: noticeIds }),
)

/** Marks all one's notices up to a moment as read. */
export const markAllRead = act(requests.markAllRead, (actor, { upTo }) =>
  service.markRead(actor, { upTo: new Date(upTo) }),
)

/** Chooses when one gets mail. */
export const choosePace = act(requests.choosePace, (actor, input) => service.choosePace(actor, input))

/** Sends a mail of the body's outbox that was given up once more. Refuses with not-found. */
export const sendAgain = act(requests.sendAgain, (actor, input) => outbox.sendAgain(actor, input))
