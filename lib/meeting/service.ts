import { systemClock } from '@/lib/clock.ts'
import { db } from '@/lib/db.ts'
import { bodiesOf } from '@/lib/identity/membership-service.ts'
import { canBody, canItem, isOpen, phaseOf } from '@/lib/identity/rules.ts'
import type { Actor, ActorMembership } from '@/lib/identity/schema.ts'
import type { BodyMeetings, MeetingLine } from './schema.ts'
import * as store from './store.ts'

/** A meeting counts as coming until the end of the day after it began. */
const lingers = 24 * 60 * 60 * 1000

/** The meetings of the bodies the actor belongs to, bodies by name. */
export async function listMeetings(actor: Actor, now: Date = systemClock()): Promise<BodyMeetings[]> {
  const memberships = actor.memberships.filter(
    (one) => canBody(one, 'readAgenda') || canBody(one, 'administer'),
  )
  const bodyIds = memberships.map((one) => one.bodyId)
  const [bodies, meetings, counts] = await Promise.all([
    bodiesOf(actor),
    store.findMeetings(db(), bodyIds),
    store.countItems(db(), bodyIds),
  ])
  const counted = new Map<string, store.ItemCount[]>()
  for (const count of counts) counted.set(count.meetingId, [...(counted.get(count.meetingId) ?? []), count])
  const byName = new Intl.Collator('da')
  return memberships
    .map((membership) => {
      const readable = canBody(membership, 'readAgenda')
      const rows = readable ? meetings.filter((row) => row.bodyId === membership.bodyId) : []
      const isPast = (row: store.MeetingRow) => row.startsAt.getTime() + lingers < now.getTime()
      return {
        bodyId: membership.bodyId,
        name: bodies.find((body) => body.id === membership.bodyId)?.name ?? '',
        role: membership.role,
        mayImport: canBody(membership, 'importAgenda'),
        mayPlan: canBody(membership, 'planMeetings'),
        mayEditTemplate: canBody(membership, 'editTemplate'),
        coming: rows
          .filter((row) => !isPast(row))
          .map((row) => line(row, { membership, counts: counted.get(row.id) ?? [] }))
          .reverse(),
        past: rows.filter(isPast).map((row) => line(row, { membership, counts: counted.get(row.id) ?? [] })),
      }
    })
    .sort((one, other) => byName.compare(one.name, other.name))
}

type Counted = { membership: ActorMembership; counts: store.ItemCount[] }

function line(row: store.MeetingRow, { membership, counts }: Counted): MeetingLine {
  const sum = (some: store.ItemCount[]) => some.reduce((total, { items }) => total + items, 0)
  // Counted together, so an item the person is recused from is among them.
  const isReadable = ({ visibility, ...item }: store.ItemCount) =>
    canItem(membership, 'read', { id: '', visibility, phase: phaseOf(item, row) })
  return {
    id: row.id,
    startsAt: row.startsAt.toISOString(),
    place: row.place,
    state: row.state,
    items: sum(counts),
    readable: sum(counts.filter(isReadable)),
    drafts: sum(counts.filter((one) => !one.submitted)),
    submitted: counts.some(({ submitted }) => submitted),
    isOpen: isOpen(row),
    open: !canBody(membership, 'openWorkspace')
      ? 'read'
      : membership.role === 'chair'
        ? 'approve'
        : 'workspace',
  }
}

export { announce, loadPlan } from './backlog-service.ts'
export { closeCalendar, loadCalendar, openCalendar, readCalendar } from './calendar-service.ts'
export { loadTemplate, planMeeting, plannableBodies, saveTemplate } from './plan-service.ts'
