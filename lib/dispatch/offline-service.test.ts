import { expect, test } from 'vitest'
import { emptyContent } from '@/lib/agenda/doc.ts'
import { loadAgenda } from '@/lib/agenda/service.ts'
import { approve, loadApprovals, submit } from '@/lib/approval/service.ts'
import { sentSchema } from '@/lib/comments/queued-schema.ts'
import { sendQueued } from '@/lib/comments/queued-service.ts'
import { loadThreads, startThread } from '@/lib/comments/service.ts'
import { db } from '@/lib/db.ts'
import type { Actor } from '@/lib/identity/schema.ts'
import { eachStore } from '@/prisma/testing/each-store.ts'
import {
  createActor,
  createBody,
  createItem,
  createMeeting,
  createSection,
} from '@/prisma/testing/factories.ts'
import { listOffline, loadOffline, loadOfflineRule, setOfflineRule } from './offline-service.ts'
import { dispatch, loadReadiness } from './service.ts'

const clock = () => new Date('2019-09-05T08:00:00Z')
const secret = 'Salg til Hansen'

/** A body whose agenda of one open and one closed item is sent. */
async function stage() {
  const body = await createBody({ approvalRule: 'either' })
  const person = (data: Omit<Parameters<typeof createActor>[0], 'bodyId'>) =>
    createActor({ bodyId: body.id, ...data })
  const secretary = await person({ role: 'secretariat' })
  const chair = await person({ role: 'chair', position: 'chair' })
  const member = await person({ role: 'member' })
  const outsider = await person({ role: 'member', readsClosed: false })
  const meeting = await createMeeting({ bodyId: body.id })
  const section = await createSection({ meetingId: meeting.id })
  const within = { meetingId: meeting.id, sectionId: section.id }
  const fields = { ...emptyContent.fields, recommendation: null }
  const content = (title: string) => ({ title, kind: 'decision' as const, fields })
  const open = await createItem({ ...within, content: content('Budget') })
  const closed = await createItem({
    ...within,
    position: 1,
    content: content(secret),
    visibility: 'closed',
    publicTitle: 'Salg af grund',
  })
  const made = { body, secretary, chair, member, outsider, meeting, open, closed }
  await sendOut(made)
  return made
}

async function sendOut({
  secretary,
  chair,
  meeting,
}: {
  secretary: Actor
  chair: Actor
  meeting: { id: string }
}) {
  const agenda = await loadAgenda(secretary, meeting.id)
  const itemIds = agenda.sections.flatMap((section) => section.items).map(({ id }) => id)
  await submit(secretary, { meetingId: meeting.id, itemIds }, clock)
  for (const { itemId, contentHash } of (await loadApprovals(chair, meeting.id)).items)
    await approve(chair, { itemId, seenHash: contentHash }, clock)
  const { findings } = await loadReadiness(secretary, meeting.id, clock)
  const wish = { meetingId: meeting.id, reason: 'Nu', seen: findings.map(({ key }) => key) }
  expect(await dispatch(secretary, wish, clock)).toMatchObject({ outcome: 'sent' })
}

async function items(actor: Actor, meetingId: string) {
  const { edition } = await loadOffline(actor, meetingId, clock)
  return edition.agenda.sections.flatMap((section) => section.items)
}

await eachStore('Reading without a net', () => {
  test('what was sent of a coming meeting may be kept by who may read it, and by nobody else', async () => {
    const { member, meeting } = await stage()
    const other = await createActor({ bodyId: (await createBody()).id, role: 'member' })
    expect(await listOffline(member, clock)).toEqual({ userId: member.userId, meetingIds: [meeting.id] })
    expect((await items(member, meeting.id))[0]?.content).not.toBeNull()
    expect((await listOffline(other, clock)).meetingIds).toEqual([])
    await expect(loadOffline(other, meeting.id, clock)).rejects.toMatchObject({ code: 'not-found' })
  })

  test('what was not sent is not kept, nor what is over', async () => {
    const { member, meeting, body } = await stage()
    const draft = await createMeeting({ bodyId: body.id })
    await expect(loadOffline(member, draft.id, clock)).rejects.toMatchObject({ code: 'not-found' })
    await db().meeting.update({ where: { id: meeting.id }, data: { state: 'held' } })
    await expect(loadOffline(member, meeting.id, clock)).rejects.toMatchObject({ code: 'not-found' })
    await db().meeting.update({ where: { id: meeting.id }, data: { state: 'dispatched' } })
    const { startsAt } = await db().meeting.findUniqueOrThrow({ where: { id: meeting.id } })
    const later = () => new Date(startsAt.getTime() + 25 * 60 * 60 * 1000)
    expect((await listOffline(member, later)).meetingIds).toEqual([])
  })

  test('no byte of a closed item is kept unless the body lets it, of anybody', async () => {
    const { secretary, chair, member, outsider, meeting, closed, body } = await stage()
    const thread = { itemId: closed.id, scope: 'body' as const, text: secret, selection: null }
    await startThread(member, thread, clock)
    for (const actor of [secretary, chair, member, outsider]) {
      const copy = await loadOffline(actor, meeting.id, clock)
      expect(JSON.stringify(copy)).not.toContain(secret)
      expect(JSON.stringify(copy)).toContain('Salg af grund')
      expect(copy.leavesOutClosed).toBe(actor !== outsider)
    }
    await setOfflineRule(secretary, { bodyId: body.id, keepsClosedOffline: true }, clock)
    for (const actor of [secretary, chair, member, outsider]) {
      const copy = await loadOffline(actor, meeting.id, clock)
      expect(JSON.stringify(copy).includes(secret)).toBe(actor !== outsider)
      expect(copy.threads.threads).toHaveLength(actor === outsider ? 0 : 1)
      expect(copy.leavesOutClosed).toBe(false)
    }
  })

  test('office and administrator say whether closed items are kept, and it is written down', async () => {
    const { secretary, member, body } = await stage()
    const wish = { bodyId: body.id, keepsClosedOffline: true }
    await expect(setOfflineRule(member, wish, clock)).rejects.toMatchObject({ code: 'forbidden' })
    await expect(loadOfflineRule(member, body.id)).rejects.toMatchObject({ code: 'forbidden' })
    expect(await loadOfflineRule(secretary, body.id)).toBe(false)
    await setOfflineRule(secretary, wish, clock)
    expect(await loadOfflineRule(secretary, body.id)).toBe(true)
    const logged = await db().auditEvent.findFirstOrThrow({
      where: { act: 'offline-rule-set', subjectId: body.id },
    })
    expect(logged).toMatchObject({ userId: secretary.userId, data: { keepsClosedOffline: 1 } })
    const stranger = await createActor({ bodyId: (await createBody()).id, role: 'secretariat' })
    await expect(setOfflineRule(stranger, wish, clock)).rejects.toMatchObject({ code: 'not-found' })
  })

  test('what was written without a net is kept once, however often it is sent', async () => {
    const { member, outsider, meeting, open } = await stage()
    const note = sentSchema.parse({
      userId: member.userId,
      kind: 'thread',
      input: {
        itemId: open.id,
        scope: 'private',
        text: 'Husk',
        selection: null,
        requestId: crypto.randomUUID(),
      },
    })
    for (let time = 0; time < 3; time++) await sendQueued(member, note, clock)
    const [thread] = (await loadThreads(member, meeting.id, clock)).threads
    await expect(sendQueued(outsider, note, clock)).rejects.toMatchObject({ code: 'not-signed-in' })
    const later = () => new Date('2019-09-05T09:00:00Z')
    const answer = sentSchema.parse({
      userId: member.userId,
      kind: 'reply',
      input: { threadId: thread?.id, text: 'Også dette', requestId: crypto.randomUUID() },
    })
    await Promise.all([1, 2, 3].map(() => sendQueued(member, answer, later)))
    const { threads } = await loadThreads(member, meeting.id, clock)
    expect(threads.map(({ comments }) => comments.map(({ text }) => text))).toEqual([['Husk', 'Også dette']])
  })
})
