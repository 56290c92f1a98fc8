import { audit } from '@/lib/audit.ts'
import { type Db, db, transaction } from '@/lib/db.ts'
import { AppError } from '@/lib/errors.ts'
import { canBody, isOpen } from '@/lib/identity/rules.ts'
import { type Actor, subjectIn } from '@/lib/identity/schema.ts'
import { signal, wordsChanged } from '@/lib/signals.ts'
import { project } from './doc-store.ts'
import type { TransferTarget } from './schema.ts'
import { createItem, exactItemFor, itemFor, liveItem } from './service.ts'
import * as store from './store.ts'

/** The other meetings of an item's body whose agendas are being written, earliest first, for who plans them. */
export async function transferTargets(actor: Actor, input: { itemId: string }): Promise<TransferTarget[]> {
  const { bodyId, meetingId } = await itemFor(actor, input.itemId, 'read')
  if (!canBody(subjectIn(actor, bodyId), 'planMeetings')) throw new AppError('forbidden')
  const meetings = await store.findOpenMeetings(db(), bodyId)
  return meetings
    .filter((meeting) => meeting.id !== meetingId && isOpen(meeting))
    .map(({ id, startsAt, place, sections }) => ({
      meetingId: id,
      startsAt: startsAt.toISOString(),
      place,
      sections,
    }))
}

type Transfer = { itemId: string; sectionId: string }

type Place = { sectionId: string; meetingId: string; bodyId: string }

/** Locks both meetings, in the same order whoever moves what where, and answers where the item goes. */
async function lockPlaces(tx: Db, actor: Actor, { itemId, sectionId }: Transfer): Promise<Place> {
  const [item, section] = [await liveItem(tx, itemId), await store.findSection(tx, sectionId)]
  if (!section || section.meeting.bodyId !== item.meeting.bodyId) throw new AppError('not-found')
  const { bodyId } = item.meeting
  if (!canBody(subjectIn(actor, bodyId), 'readAgenda')) throw new AppError('not-found')
  if (!canBody(subjectIn(actor, bodyId), 'planMeetings')) throw new AppError('forbidden')
  const ids = [item.meeting.id, section.meeting.id].sort()
  for (const id of ids) await store.lockMeeting(tx, id)
  // Read again behind the locks: either agenda may have been sent, or the section deleted, while we waited.
  const locked = await store.findSection(tx, sectionId)
  if (!locked || locked.deletedAt) throw new AppError('not-found')
  if (!isOpen(locked.meeting)) throw new AppError('agenda-frozen')
  if (locked.meeting.id === (await liveItem(tx, itemId)).meeting.id) throw new AppError('invalid-input')
  return { sectionId, meetingId: locked.meeting.id, bodyId }
}

/**
 * Moves an item to the end of a section of another meeting: the same item, with all its words, versions, verdicts,
 * threads and annexes. What was sent stays where it was sent: refuses with item-was-sent, else with agenda-frozen,
 * not-found or forbidden.
 */
export async function transferItem(actor: Actor, input: Transfer): Promise<{ meetingId: string }> {
  return transaction(async (tx) => {
    const place = await lockPlaces(tx, actor, input)
    const exact = await exactItemFor(tx, actor, { itemId: input.itemId, act: 'read' })
    if (exact.sent) throw new AppError('item-was-sent')
    const { meetingId: fromId } = await exactItemFor(tx, actor, { itemId: input.itemId, act: 'arrange' })
    const old = await liveItem(tx, input.itemId)
    const { meetingId, sectionId } = place
    const position = (await store.itemIds(tx, sectionId)).length
    await store.transferItem(tx, input.itemId, { meetingId, sectionId, position, movedFromId: fromId })
    await store.orderItems(tx, old.section.id, await store.itemIds(tx, old.section.id))
    await audit(tx, {
      bodyId: place.bodyId,
      userId: actor.userId,
      act: 'item-transferred',
      subjectId: input.itemId,
      data: { from: fromId, to: meetingId },
    })
    // Who has it open is let in anew, as to an item of the other meeting.
    await signal(
      tx,
      { kind: 'item-rights-changed', itemId: input.itemId },
      ...wordsChanged(fromId),
      ...wordsChanged(meetingId),
    )
    return { meetingId }
  })
}

/**
 * Makes an item of another meeting with the words, visibility and annexes of this one as they are, and answers it. Its
 * history and threads stay with the first and are read there: the copy knows where it came from.
 */
export async function copyItem(
  actor: Actor,
  input: Transfer,
): Promise<{ meetingId: string; itemId: string }> {
  return transaction(async (tx) => {
    const { bodyId, meetingId, sectionId } = await lockPlaces(tx, actor, input)
    const exact = await exactItemFor(tx, actor, { itemId: input.itemId, act: 'read' })
    const { visibility, publicTitle, closedReason } = await liveItem(tx, input.itemId)
    const { content } = exact
    const itemId = await createItem(tx, {
      meetingId,
      sectionId,
      position: (await store.itemIds(tx, sectionId)).length,
      // What was decided of it was decided at the other meeting.
      content: { ...content, fields: { ...content.fields, decision: null } },
      userId: actor.userId,
      copiedFromId: input.itemId,
    })
    await store.updateItem(tx, itemId, { visibility, publicTitle, closedReason })
    await store.copyAnnexes(tx, { from: input.itemId, to: itemId })
    await project(tx, itemId)
    await audit(tx, {
      bodyId,
      userId: actor.userId,
      act: 'item-copied',
      subjectId: itemId,
      data: { from: input.itemId, hash: exact.contentHash },
    })
    await signal(tx, { kind: 'meeting-changed', meetingId, what: 'agenda' })
    return { meetingId, itemId }
  })
}
