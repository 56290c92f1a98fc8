import { readState } from '@/lib/agenda/doc.ts'
import { addPoint } from '@/lib/agenda/point-service.ts'
import { numbering } from '@/lib/agenda/rules.ts'
import { contentSchema } from '@/lib/agenda/schema.ts'
import { sentStates } from '@/lib/agenda/service.ts'
import { itemFacts } from '@/lib/agenda/view.ts'
import { db } from '@/lib/db.ts'
import { AppError } from '@/lib/errors.ts'
import { bodiesOf } from '@/lib/identity/membership-service.ts'
import { canBody, canItem, isOpen } from '@/lib/identity/rules.ts'
import { type Actor, subjectIn } from '@/lib/identity/schema.ts'
import { findNextList, matchPoints, pointsOf } from './backlog.ts'
import { departuresOf } from './departures.ts'
import { templateOf } from './plan-service.ts'
import type { BacklogView, MeetingPlan } from './schema.ts'
import * as store from './store.ts'

/**
 * How an agenda departs from its template, and what it and the meeting before say of the next, for those who work on
 * it. Throws not-found, and forbidden for who only reads.
 */
export async function loadPlan(actor: Actor, meetingId: string): Promise<MeetingPlan> {
  const meeting = await outlineFor(actor, meetingId)
  const { bodyId, startsAt } = meeting
  const [before, after, { template }, bodies] = await Promise.all([
    store.findPrevious(db(), { bodyId, before: startsAt }),
    store.findNext(db(), { bodyId, after: startsAt }),
    templateOf(db(), bodyId),
    bodiesOf(actor),
  ])
  const [previous, next] = await Promise.all(
    [before, after].map((one) => (one ? store.findOutline(db(), one.id) : null)),
  )
  const numbers = numbersOf(meeting)
  const numbered = <Part extends { id: string }>(part: Part) => ({
    ...part,
    number: numbers.get(part.id) ?? '',
  })
  return {
    meeting: { id: meeting.id, startsAt: startsAt.toISOString(), bodyName: nameOf(bodies, bodyId) },
    mayEditTemplate: canBody(subjectIn(actor, bodyId), 'editTemplate') ? bodyId : null,
    departures: departuresOf(template, {
      sections: meeting.sections.map(({ items, ...section }) => ({
        ...numbered(section),
        items: items.map(numbered),
      })),
      hasPrevious: before !== null,
    }),
    fromPrevious: previous ? await backlogBetween(actor, previous, meeting) : null,
    toNext: await backlogBetween(actor, meeting, next ?? null),
  }
}

function nameOf(bodies: { id: string; name: string }[], bodyId: string): string {
  return bodies.find(({ id }) => id === bodyId)?.name ?? ''
}

async function outlineFor(actor: Actor, meetingId: string): Promise<store.OutlineRow> {
  const meeting = await store.findOutline(db(), meetingId)
  const subject = meeting && subjectIn(actor, meeting.bodyId)
  if (!meeting || !canBody(subject, 'readAgenda')) throw new AppError('not-found')
  if (!canBody(subject, 'openWorkspace')) throw new AppError('forbidden')
  return meeting
}

function numbersOf(meeting: store.OutlineRow): Map<string, string> {
  return numbering(meeting.sections, meeting.lastSection)
}

/** What one meeting says of the next. Once it was sent, what it said then stands. */
async function backlogBetween(
  actor: Actor,
  from: store.OutlineRow,
  to: store.OutlineRow | null,
): Promise<BacklogView> {
  const subject = subjectIn(actor, from.bodyId)
  const list = findNextList(from.sections)
  const numbers = to ? numbersOf(to) : new Map<string, string>()
  const items = (to?.sections ?? []).flatMap((section) => section.items)
  const matched = matchPoints(
    list ? await sayingOf(list) : [],
    items.map((item) => ({ ...item, number: numbers.get(item.id) ?? '' })),
  )
  const isFrozen = !isOpen(from) || (list?.sentVersionId ?? null) !== null
  const mayWrite = list !== null && canItem(subject, 'write', itemFacts(list, from))
  return {
    from: { meetingId: from.id, startsAt: from.startsAt.toISOString() },
    to: to && { meetingId: to.id, startsAt: to.startsAt.toISOString() },
    itemId: list?.id ?? null,
    frozen: isFrozen,
    mayAdd: mayWrite && !isFrozen,
    ...matched,
    sections:
      to && canBody(subject, 'arrangeAgenda') && isOpen(to)
        ? to.sections.map(({ id, title }) => ({ id, title, number: numbers.get(id) ?? '' }))
        : [],
  }
}

type ListRow = store.OutlineRow['sections'][number]['items'][number]

async function sayingOf(list: ListRow): Promise<string[]> {
  const { sentVersionId } = list
  const sent = sentVersionId && (await sentStates(db(), [sentVersionId])).get(sentVersionId)
  const content = sent ? readState(sent.state) : contentSchema.parse(list.content)
  return pointsOf(content.fields.presentation)
}

/** Says in a meeting's agenda that the next one is to take something up. Refuses with agenda-frozen once it was sent. */
export async function announce(actor: Actor, input: { meetingId: string; point: string }): Promise<void> {
  const meeting = await outlineFor(actor, input.meetingId)
  const list = findNextList(meeting.sections)
  if (!list) throw new AppError('not-found')
  if (!isOpen(meeting)) throw new AppError('agenda-frozen')
  await addPoint(actor, { itemId: list.id, field: 'presentation', point: input.point })
}
