import {
  type AgendaItem,
  type ExactAgenda,
  exactAgenda,
  freezeAgenda,
  setLateReason,
  setRevision,
} from '@/lib/agenda/freeze-service.ts'
import { numbering } from '@/lib/agenda/rules.ts'
import { exactItemFor, keepVersion } from '@/lib/agenda/service.ts'
import type { ItemApprovals } from '@/lib/approval/schema.ts'
import { standingNow } from '@/lib/approval/standing-service.ts'
import { type AuditAct, audit } from '@/lib/audit.ts'
import { type Clock, systemClock } from '@/lib/clock.ts'
import { type Db, db, transaction } from '@/lib/db.ts'
import { AppError } from '@/lib/errors.ts'
import { membershipNow } from '@/lib/identity/membership-service.ts'
import { canBody, isOpen } from '@/lib/identity/rules.ts'
import type { Actor } from '@/lib/identity/schema.ts'
import { dayOf } from '@/lib/identity/term.ts'
import { type Signal, signal, wordsChanged } from '@/lib/signals.ts'
import { tellOfDispatch } from './notice-service.ts'
import { deadlinesAt, sentLast } from './read-service.ts'
import { seal } from './record.ts'
import { type CheckedItem, changesSince, findingsOf, judgeDispatch, nextKind } from './rules.ts'
import type { Dispatched, Finding, SentItem } from './schema.ts'
import * as store from './store.ts'

export { loadEdition, loadSentDifference, readSentAnnex, wasSent } from './edition-service.ts'
export { loadItemReadings, loadReadDifference } from './item-reading-service.ts'
export { loadDeadlines, loadMeetingDeadlines, loadReadiness } from './read-service.ts'

/** What is about to be sent, behind the locks of the agenda and all its documents. */
type Outgoing = {
  agenda: ExactAgenda
  kind: 'agenda' | 'supplement'
  numbers: Map<string, string>
  /** What goes out, in agenda order. */
  items: { item: AgendaItem; sectionId: string; standing: ItemApprovals }[]
  findings: Finding[]
}

/**
 * Sends an agenda, its next edition or a supplement out: everything is frozen in one transaction, or nothing is. The
 * person has seen what stands in the way and, where that is allowed, given a reason to pass it by; what they have not
 * seen stops it. Throws dispatch-blocked, reason-missing and agenda-frozen.
 */
export async function dispatch(
  actor: Actor,
  wish: { meetingId: string; reason: string; seen: string[] },
  clock: Clock = systemClock,
): Promise<Dispatched> {
  await mayDispatch(db(), actor, { meetingId: wish.meetingId, now: clock() })
  return transaction(async (tx) => {
    const now = clock()
    const outgoing = await collect(tx, wish.meetingId, now)
    await mayDispatch(tx, actor, { meetingId: wish.meetingId, now })
    const judgement = judgeDispatch(outgoing.findings, wish)
    if (judgement === 'stale') return { outcome: 'stale' }
    if (judgement !== 'ok') throw new AppError(judgement)
    return send(tx, outgoing, { actor, reason: wish.reason.trim() || null, now })
  })
}

/** May the actor send out what belongs to this meeting? Throws not-found or forbidden, and answers the meeting. */
async function mayDispatch(tx: Db, actor: Actor, { meetingId, now }: { meetingId: string; now: Date }) {
  const meeting = await store.findMeeting(tx, meetingId)
  if (!meeting) throw new AppError('not-found')
  const { bodyId } = meeting
  const subject = await membershipNow(tx, { bodyId, userId: actor.userId, today: dayOf(now) })
  if (!canBody(subject, 'readAgenda')) throw new AppError('not-found')
  if (!canBody(subject, 'dispatchAgenda')) throw new AppError('forbidden')
  return meeting
}

async function collect(tx: Db, meetingId: string, now: Date): Promise<Outgoing> {
  const agenda = await exactAgenda(tx, meetingId)
  const kind = nextKind(agenda.meeting)
  if (!kind) throw new AppError('agenda-frozen')
  const numbers = numbering(
    agenda.sections.map(({ items, ...section }) => ({
      ...section,
      items: items.map(({ itemId: id, frozenNumber }) => ({ id, frozenNumber })),
    })),
    agenda.meeting.lastSection,
  )
  const going = agenda.sections.flatMap(({ id: sectionId, items }) =>
    items.filter(({ sent }) => kind === 'agenda' || sent === null).map((item) => ({ item, sectionId })),
  )
  const standings = await standingNow(tx, {
    bodyId: agenda.body.id,
    items: going.map(({ item }) => item),
    now,
  })
  const items = going.flatMap((one, at) => {
    const standing = standings[at]
    return standing ? [{ ...one, standing }] : []
  })
  return { agenda, kind, numbers, items, findings: await findings(tx, { agenda, kind, numbers, items }, now) }
}

async function findings(
  tx: Db,
  { agenda, kind, numbers, items }: Omit<Outgoing, 'findings'>,
  now: Date,
): Promise<Finding[]> {
  const { meeting } = agenda
  const sent = await sentLast(tx, meeting.id)
  const compared = items.map(({ item }) => ({
    itemId: item.itemId,
    number: numbers.get(item.itemId) ?? '',
    title: item.content.title,
    contentHash: item.contentHash,
  }))
  const isFirst = meeting.editionCount === 0
  return findingsOf({
    items: items.map(({ item, standing }) => checked(item, { standing, numbers, isFirst })),
    changes: isFirst ? null : changesSince(kind === 'supplement' ? [] : sent, compared),
    deadlines: await deadlinesAt(tx, meeting, now),
  })
}

function checked(
  item: AgendaItem,
  { standing, numbers, isFirst }: { standing: ItemApprovals; numbers: Map<string, string>; isFirst: boolean },
): CheckedItem {
  const { itemId: id, content, frame, annexes, lateReason, sent } = item
  return {
    id,
    number: numbers.get(id) ?? '',
    content,
    visibility: frame.visibility,
    publicTitle: frame.publicTitle,
    annexes,
    status: standing.status,
    isLate: !isFirst && sent === null,
    lateReason,
  }
}

type Sending = { actor: Actor; reason: string | null; now: Date }

async function send(tx: Db, outgoing: Outgoing, sending: Sending): Promise<Dispatched> {
  const { agenda, kind, numbers } = outgoing
  const { meeting, body, sections } = agenda
  const number = meeting.editionCount + 1
  const ordinal = 1 + (await store.findEditions(tx, meeting.id)).filter((one) => one.kind === kind).length
  const items = []
  for (const one of outgoing.items) items.push(await freezeOne(tx, one, { numbers, actor: sending.actor }))
  const { record, hash } = seal({
    v: 1,
    meetingId: meeting.id,
    bodyName: body.name,
    startsAt: meeting.startsAt.toISOString(),
    place: meeting.place,
    kind,
    number,
    ordinal,
    at: sending.now.toISOString(),
    userId: sending.actor.userId,
    reason: sending.reason,
    findings: outgoing.findings.map(({ code, itemId }) => ({ code, itemId })),
    preface: agenda.preface,
    sections: sections.map(({ id, title, items: within }) => ({
      id,
      number: numbers.get(id) ?? '',
      title,
      itemIds: within.map(({ itemId }) => itemId),
    })),
    items: items.map(({ itemId, hash: itemHash }) => ({ itemId, hash: itemHash })),
  })
  const editionId = await store.insertEdition(tx, {
    meetingId: meeting.id,
    number,
    kind,
    ordinal,
    record,
    hash,
    userId: sending.actor.userId,
    createdAt: sending.now,
    items: items.map(({ generation: _, ...item }) => item),
  })
  await freezeAgenda(tx, frozen({ outgoing, number, items }))
  await audit(tx, {
    bodyId: body.id,
    userId: sending.actor.userId,
    act: 'agenda-dispatched',
    subjectId: editionId,
    data: { meetingId: meeting.id, number, kind, hash, findings: outgoing.findings.length },
  })
  await signal(tx, ...rightsChanged(sections), ...wordsChanged(meeting.id))
  await tellOfDispatch(tx, { outgoing: { ...outgoing, ordinal, editionId }, ...sending })
  return { outcome: 'sent', editionId, number }
}

async function freezeOne(
  tx: Db,
  { item, sectionId, standing }: Outgoing['items'][number],
  { numbers, actor }: { numbers: Map<string, string>; actor: Actor },
) {
  const { itemId, content, frame, closedReason, lateReason, contentHash, generation, annexes } = item
  const versionId = await keepVersion(tx, item, { reason: 'dispatched', userId: actor.userId })
  const number = numbers.get(itemId) ?? ''
  const sent: SentItem = {
    itemId,
    sectionId,
    number,
    content,
    frame,
    closedReason,
    lateReason,
    contentHash,
    versionId,
    generation,
    annexes,
    status: standing.status,
    approvals: standing.approvals.map(
      ({ userId, name, initials, position, verdict, stands, forChair, contentHash: approved, at }) => ({
        userId,
        name,
        initials,
        position,
        verdict,
        stands,
        ...(forChair && { forChair }),
        contentHash: approved,
        at,
      }),
    ),
  }
  const annexIds = annexes.map(({ id }) => id)
  const { visibility } = frame
  return { itemId, number, visibility, contentHash, versionId, generation, annexIds, ...seal(sent) }
}

type FrozenItem = Awaited<ReturnType<typeof freezeOne>>

function frozen({ outgoing, number, items }: { outgoing: Outgoing; number: number; items: FrozenItem[] }) {
  const { agenda, numbers } = outgoing
  const { meeting, sections } = agenda
  const sectionNumbers = sections.map(({ id }) => Number(numbers.get(id)))
  return {
    meetingId: meeting.id,
    number,
    lastSection: Math.max(meeting.lastSection, ...sectionNumbers),
    sections: sections.map(({ id, lastItem }) => {
      const frozenNumber = numbers.get(id) ?? ''
      const own = items.flatMap((item) => {
        const [section, place] = item.number.split('.')
        return section === frozenNumber ? [Number(place)] : []
      })
      return { id, frozenNumber, lastItem: Math.max(lastItem, ...own) }
    }),
    items: items.map(({ itemId: id, number: frozenNumber, versionId, generation }) => {
      return { id, frozenNumber, sentVersionId: versionId, sentGeneration: generation }
    }),
  }
}

// Nobody writes in what was sent: whoever has it open is judged anew.
function rightsChanged(sections: ExactAgenda['sections']): Signal[] {
  return sections.flatMap(({ items }) =>
    items.map(({ itemId }) => ({ kind: 'item-rights-changed' as const, itemId })),
  )
}

/** Lets the working text of a sent agenda go on, towards its next edition or a supplement. Throws revision-open. */
export async function startRevision(
  actor: Actor,
  { meetingId, revision }: { meetingId: string; revision: 'edition' | 'supplement' },
  clock: Clock = systemClock,
): Promise<void> {
  await turn(actor, { meetingId, revision, act: 'revision-started', now: clock() }, ({ meeting }) => {
    if (meeting.state !== 'dispatched') throw new AppError('agenda-frozen')
    if (meeting.revision !== null) throw new AppError('revision-open')
  })
}

/** Lets what was sent stand, when nothing differs from it. Throws revision-not-empty. */
export async function endRevision(
  actor: Actor,
  { meetingId }: { meetingId: string },
  clock: Clock = systemClock,
): Promise<void> {
  const now = clock()
  await turn(actor, { meetingId, revision: null, act: 'revision-ended', now }, async (agenda, tx) => {
    if (!isOpen(agenda.meeting) || agenda.meeting.revision === null) throw new AppError('agenda-frozen')
    const sent = await sentLast(tx, meetingId)
    const items = agenda.sections.flatMap((section) => section.items)
    const compared = items.map(({ itemId, contentHash }) => ({ itemId, contentHash, number: '', title: '' }))
    if (changesSince(sent, compared).length > 0) throw new AppError('revision-not-empty')
  })
}

type Turn = {
  meetingId: string
  revision: 'edition' | 'supplement' | null
  act: AuditAct
  now: Date
}

async function turn(
  actor: Actor,
  { meetingId, revision, act, now }: Turn,
  judge: (agenda: ExactAgenda, tx: Db) => void | Promise<void>,
): Promise<void> {
  await mayDispatch(db(), actor, { meetingId, now })
  await transaction(async (tx) => {
    const agenda = await exactAgenda(tx, meetingId)
    await mayDispatch(tx, actor, { meetingId, now })
    await judge(agenda, tx)
    await setRevision(tx, meetingId, revision)
    await audit(tx, {
      bodyId: agenda.body.id,
      userId: actor.userId,
      act,
      subjectId: meetingId,
      data: { revision },
    })
    await signal(tx, ...rightsChanged(agenda.sections), ...wordsChanged(meetingId))
  })
}

/** Says why an item comes after the agenda was sent. */
export async function giveLateReason(
  actor: Actor,
  { itemId, reason }: { itemId: string; reason: string },
): Promise<void> {
  if (!reason) throw new AppError('reason-missing')
  await transaction(async (tx) => {
    const exact = await exactItemFor(tx, actor, { itemId, act: 'write' })
    if (exact.sent) throw new AppError('agenda-frozen')
    await setLateReason(tx, itemId, reason)
    await audit(tx, {
      bodyId: exact.bodyId,
      userId: actor.userId,
      act: 'late-reason-given',
      subjectId: itemId,
    })
    await signal(tx, ...wordsChanged(exact.meetingId))
  })
}

/** Sets how many working days before a meeting a body's agenda and material are to be sent out. */
export async function setDeadlines(
  actor: Actor,
  {
    bodyId,
    ...deadlines
  }: { bodyId: string; agendaDays: number; materialDays: number; saturdayCounts: boolean },
  clock: Clock = systemClock,
): Promise<void> {
  await transaction(async (tx) => {
    const subject = await membershipNow(tx, { bodyId, userId: actor.userId, today: dayOf(clock()) })
    if (!subject) throw new AppError('not-found')
    if (!canBody(subject, 'dispatchAgenda') && !canBody(subject, 'administer'))
      throw new AppError('forbidden')
    await store.updateDeadlines(tx, bodyId, deadlines)
    const { agendaDays, materialDays, saturdayCounts } = deadlines
    await audit(tx, {
      bodyId,
      userId: actor.userId,
      act: 'deadlines-set',
      subjectId: bodyId,
      data: { agendaDays, materialDays, saturdayCounts: saturdayCounts ? 1 : 0 },
    })
  })
}
