'use server'

import { act } from '@/lib/identity/session.ts'
import * as backlog from './backlog-service.ts'
import * as calendar from './calendar-service.ts'
import * as planning from './plan-service.ts'
import { requests } from './schema.ts'

/** Saves a body's template and answers its `revision`. Refuses with stale-content, not-found or forbidden. */
export const saveTemplate = act(requests.saveTemplate, (actor, input) => planning.saveTemplate(actor, input))

/** Makes a meeting from its body's template and answers `{ meetingId }`. Refuses with not-found or forbidden. */
export const createMeeting = act(requests.createMeeting, (actor, input) => planning.planMeeting(actor, input))

/** Makes the actor a new secret calendar address and answers it, this once. */
export const openCalendar = act(requests.openCalendar, (actor) => calendar.openCalendar(actor))

/** Takes the actor's secret calendar address away. */
export const closeCalendar = act(requests.closeCalendar, (actor) => calendar.closeCalendar(actor))

/** Says that the next meeting is to take something up. Refuses with agenda-frozen, not-found or forbidden. */
export const announce = act(requests.announce, (actor, input) => backlog.announce(actor, input))
