import { type AuditAct, audit } from '@/lib/audit.ts'
import { systemClock } from '@/lib/clock.ts'
import { type Db, transaction } from '@/lib/db.ts'
import { AppError } from '@/lib/errors.ts'
import { canBody, isOpen, type MeetingFacts } from '@/lib/identity/rules.ts'
import { type Actor, subjectIn } from '@/lib/identity/schema.ts'
import { signal } from '@/lib/signals.ts'
import { emptyContent } from './doc.ts'
import { placeAt } from './order.ts'
import { createItem, liveItem } from './service.ts'
import * as store from './store.ts'

type Arrangement = { bodyId: string; meetingId: string }

type Arranged = MeetingFacts & { id: string; bodyId: string }

/** May the actor arrange this meeting's agenda? Throws when not. */
function mayArrange(actor: Actor, meeting: Arranged | undefined | null): Arrangement {
  const subject = meeting ? subjectIn(actor, meeting.bodyId) : null
  if (!meeting || !canBody(subject, 'readAgenda')) throw new AppError('not-found')
  if (!canBody(subject, 'arrangeAgenda')) throw new AppError('forbidden')
  if (!isOpen(meeting)) throw new AppError('agenda-frozen')
  return { bodyId: meeting.bodyId, meetingId: meeting.id }
}

// While a supplement is written, what was sent before stands as it was sent.
function mayChange({ frozenNumber, meeting }: { frozenNumber: string | null; meeting: MeetingFacts }): void {
  if (frozenNumber !== null && meeting.revision === 'supplement') throw new AppError('agenda-frozen')
}

/** Runs one change of order or headings: rights, lock, change, audit row and signal in one transaction. */
async function arrange<T>(
  actor: Actor,
  find: (tx: Db) => Promise<Arranged | undefined | null>,
  change: (
    tx: Db,
    at: Arrangement,
  ) => Promise<{ act: AuditAct; subjectId: string; data?: Record<string, string | number>; value: T }>,
): Promise<T> {
  return transaction(async (tx) => {
    const { meetingId } = mayArrange(actor, await find(tx))
    await store.lockMeeting(tx, meetingId)
    // Judged again behind the lock: the agenda may have been sent while we waited for it.
    const place = mayArrange(actor, await find(tx))
    const { value, ...entry } = await change(tx, place)
    await audit(tx, { bodyId: place.bodyId, userId: actor.userId, ...entry })
    await signal(tx, { kind: 'meeting-changed', meetingId: place.meetingId, what: 'agenda' })
    return value
  })
}

/** Adds a section at a place (0 = first) and answers its id. */
export function addSection(actor: Actor, input: { meetingId: string; title: string; at: number }) {
  return arrange(
    actor,
    (tx) => store.findMeeting(tx, input.meetingId),
    async (tx, { meetingId }) => {
      const order = await store.sectionIds(tx, meetingId)
      const id = await store.insertSection(tx, { meetingId, title: input.title })
      await store.orderSections(tx, placeAt(order, id, input.at))
      return { act: 'section-added', subjectId: id, value: { id } }
    },
  )
}

function sectionMeeting(sectionId: string) {
  return async (tx: Db) => (await store.findSection(tx, sectionId))?.meeting
}

/** Reads a section that is not deleted. Throws not-found. */
async function liveSection(tx: Db, sectionId: string) {
  const section = await store.findSection(tx, sectionId)
  if (!section || section.deletedAt) throw new AppError('not-found')
  return section
}

// Who has an item of it open may no longer write in it.
function rightsChanged(tx: Db, itemIds: string[]): Promise<void> {
  return signal(tx, ...itemIds.map((itemId) => ({ kind: 'item-rights-changed' as const, itemId })))
}

/** Gives a section another title. */
export function renameSection(actor: Actor, input: { sectionId: string; title: string }) {
  return arrange(actor, sectionMeeting(input.sectionId), async (tx) => {
    mayChange(await liveSection(tx, input.sectionId))
    await store.updateSection(tx, input.sectionId, { title: input.title })
    return { act: 'section-renamed', subjectId: input.sectionId, value: undefined }
  })
}

/** Moves a section to a place (0 = first). */
export function moveSection(actor: Actor, input: { sectionId: string; at: number }) {
  return arrange(actor, sectionMeeting(input.sectionId), async (tx, { meetingId }) => {
    const order = await store.sectionIds(tx, meetingId)
    if (!order.includes(input.sectionId)) throw new AppError('not-found')
    mayChange(await liveSection(tx, input.sectionId))
    await store.orderSections(tx, placeAt(order, input.sectionId, input.at))
    return { act: 'section-moved', subjectId: input.sectionId, data: { at: input.at }, value: undefined }
  })
}

/** Deletes a section with its items; `restoreSection` brings all of it back. */
export function deleteSection(actor: Actor, input: { sectionId: string }) {
  return arrange(actor, sectionMeeting(input.sectionId), async (tx) => {
    mayChange(await liveSection(tx, input.sectionId))
    await store.updateSection(tx, input.sectionId, { deletedAt: systemClock() })
    await rightsChanged(tx, await store.itemIds(tx, input.sectionId))
    return { act: 'section-deleted', subjectId: input.sectionId, value: undefined }
  })
}

/** Brings a deleted section back to its place. */
export function restoreSection(actor: Actor, input: { sectionId: string }) {
  return arrange(actor, sectionMeeting(input.sectionId), async (tx, { meetingId }) => {
    const section = await store.findSection(tx, input.sectionId)
    if (section) mayChange(section)
    const order = await store.sectionIds(tx, meetingId)
    await store.updateSection(tx, input.sectionId, { deletedAt: null })
    await store.orderSections(tx, placeAt(order, input.sectionId, section?.position ?? order.length))
    return { act: 'section-restored', subjectId: input.sectionId, value: undefined }
  })
}

/** Adds an item at a place in a section (0 = first) and answers its id. */
export function addItem(actor: Actor, input: { sectionId: string; title: string; at: number }) {
  return arrange(actor, sectionMeeting(input.sectionId), async (tx, { meetingId }) => {
    await liveSection(tx, input.sectionId)
    const order = await store.itemIds(tx, input.sectionId)
    const id = await createItem(tx, {
      meetingId,
      sectionId: input.sectionId,
      position: order.length,
      content: { ...emptyContent, title: input.title, caseworkers: [actor.initials] },
      userId: actor.userId,
    })
    await store.orderItems(tx, input.sectionId, placeAt(order, id, input.at))
    return { act: 'item-added', subjectId: id, value: { id } }
  })
}

function itemMeeting(itemId: string) {
  return async (tx: Db) => (await store.findItem(tx, itemId))?.meeting
}

/** Moves an item to a place in a section of the same meeting (0 = first). */
export function moveItem(actor: Actor, input: { itemId: string; sectionId: string; at: number }) {
  return arrange(actor, itemMeeting(input.itemId), async (tx, { meetingId }) => {
    const item = await liveItem(tx, input.itemId)
    mayChange(item)
    const target = await liveSection(tx, input.sectionId)
    if (target.meeting.id !== meetingId) throw new AppError('not-found')
    const order = await store.itemIds(tx, input.sectionId)
    await store.orderItems(tx, input.sectionId, placeAt(order, input.itemId, input.at))
    if (item.section.id !== input.sectionId) {
      await store.orderItems(tx, item.section.id, await store.itemIds(tx, item.section.id))
    }
    return { act: 'item-moved', subjectId: input.itemId, data: { at: input.at }, value: undefined }
  })
}

/** Deletes an item; `restoreItem` brings it back with all its words. */
export function deleteItem(actor: Actor, input: { itemId: string }) {
  return arrange(actor, itemMeeting(input.itemId), async (tx) => {
    mayChange(await liveItem(tx, input.itemId))
    await store.updateItem(tx, input.itemId, { deletedAt: systemClock() })
    await rightsChanged(tx, [input.itemId])
    return { act: 'item-deleted', subjectId: input.itemId, value: undefined }
  })
}

/** Brings a deleted item back to its place. */
export function restoreItem(actor: Actor, input: { itemId: string }) {
  return arrange(actor, itemMeeting(input.itemId), async (tx) => {
    const item = await store.findItem(tx, input.itemId)
    if (!item || item.section.deletedAt) throw new AppError('not-found')
    mayChange(item)
    const order = await store.itemIds(tx, item.section.id)
    await store.updateItem(tx, input.itemId, { deletedAt: null })
    await store.orderItems(tx, item.section.id, placeAt(order, input.itemId, item.position))
    return { act: 'item-restored', subjectId: input.itemId, value: undefined }
  })
}
