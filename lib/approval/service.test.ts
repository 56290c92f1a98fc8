import { randomUUID } from 'node:crypto'
import { describe, expect, test } from 'vitest'
import * as Y from 'yjs'
import { differenceOf } from '@/lib/agenda/diff.ts'
import { fieldFragment, type ItemContent, metaMap, titleFragment } from '@/lib/agenda/doc.ts'
import { append, project } from '@/lib/agenda/doc-store.ts'
import type { Prose } from '@/lib/agenda/prose.ts'
import { exactItem } from '@/lib/agenda/service.ts'
import { loadThreads } from '@/lib/comments/service.ts'
import { db, transaction } from '@/lib/db.ts'
import type { Actor } from '@/lib/identity/schema.ts'
import { eachStore } from '@/prisma/testing/each-store.ts'
import {
  createActor,
  createBody,
  createItem,
  createMeeting,
  createSection,
} from '@/prisma/testing/factories.ts'
import { signalsOf } from '@/prisma/testing/signals.ts'
import { tellOfLapses } from './notice-service.ts'
import { loadHistory, loadReview, loadSinceApproved } from './read-service.ts'
import { endStandIn, loadRule, loadStandIn, setRule, setStandIn } from './rule-service.ts'
import type { ApprovalRule } from './rules.ts'
import { approve, approveRead, loadApprovals, returnItem, submit, withdraw } from './service.ts'

function prose(text: string): Prose {
  return { type: 'doc', content: [{ type: 'paragraph', content: [{ type: 'text', text }] }] }
}

const fields = {
  background: null,
  recommendation: prose('At rådet godkender'),
  presentation: null,
  decision: null,
}
const content: Partial<ItemContent> = { title: 'Kultur', kind: 'decision', fields }

async function stage(rule: ApprovalRule = 'both') {
  const body = await createBody({ approvalRule: rule })
  const person = (data: Omit<Parameters<typeof createActor>[0], 'bodyId'>) =>
    createActor({ bodyId: body.id, ...data })
  const secretary = await person({ role: 'secretariat', initials: 'jhp' })
  const chair = await person({ role: 'chair', position: 'chair', name: 'Formanden', initials: 'for' })
  const vice = await person({ role: 'chair', position: 'viceChair', initials: 'nfo' })
  const member = await person({ role: 'member' })
  const meeting = await createMeeting({ bodyId: body.id })
  const section = await createSection({ meetingId: meeting.id })
  const item = await createItem({ meetingId: meeting.id, sectionId: section.id, content })
  return {
    body,
    secretary,
    chair,
    vice,
    member,
    meeting,
    section,
    item,
    wish: { itemId: item.id, seenHash: item.contentHash },
  }
}
type Stage = Awaited<ReturnType<typeof stage>>

/** A stage whose item is sent to review. */
async function review(rule?: ApprovalRule) {
  const made = await stage(rule)
  await send(made)
  return made
}
function send({ secretary, meeting, item }: Stage) {
  return submit(secretary, { meetingId: meeting.id, itemIds: [item.id] })
}

async function edit({ item }: Stage, change: (doc: Y.Doc) => void) {
  const rows = await db().documentUpdate.findMany({
    where: { documentId: item.documentId },
    orderBy: { seq: 'asc' },
  })
  const doc = new Y.Doc()
  for (const { data } of rows) Y.applyUpdate(doc, data)
  const before = Y.encodeStateVector(doc)
  change(doc)
  const data = Y.encodeStateAsUpdate(doc, before)
  const entry = { itemId: item.id, generation: 1, documentId: item.documentId, data, userId: null }
  await transaction((tx) => append(tx, [entry]))
  await transaction((tx) => project(tx, item.id))
}

function write(made: Stage, title: string) {
  return edit(made, (doc) => {
    const fragment = titleFragment(doc)
    const words = (fragment.get(0) as Y.XmlElement).get(0) as Y.XmlText
    words.delete(0, words.length)
    words.insert(0, title)
  })
}

async function status({ meeting, secretary }: Stage) {
  const [item] = (await loadApprovals(secretary, meeting.id)).items
  return item
}

function rows({ item }: Stage) {
  return db().approval.findMany({ where: { itemId: item.id }, orderBy: { createdAt: 'asc' } })
}

async function acts({ body }: Stage) {
  const events = await db().auditEvent.findMany({ where: { bodyId: body.id }, orderBy: { seq: 'asc' } })
  return events.map(({ act }) => act)
}

await eachStore('Approval', () => {
  describe('telling', () => {
    const notices = async ({ item }: Stage) => {
      const rows = await db().notice.findMany({
        where: { itemId: item.id },
        orderBy: { id: 'asc' },
        include: { user: true },
      })
      return rows.map(({ kind, user }) => `${kind} ${user.initials}`).sort()
    }

    test('the chairmanship hears of what is sent, those who wrote it of approvals, and each once', async () => {
      const made = await stage()
      await send(made)
      await send(made)
      const sent = await notices(made)
      expect(sent).toEqual(['item-submitted for', 'item-submitted nfo'])
      await approve(made.chair, { itemId: made.item.id, seenHash: made.item.contentHash })
      await approve(made.chair, { itemId: made.item.id, seenHash: made.item.contentHash })
      const approved = (await notices(made)).filter((line) => line.startsWith('item-approved'))
      expect(approved).toHaveLength(1)
    })

    test('who returned an item is told that it was answered, and nobody else of a return', async () => {
      const made = await review()
      const seen = { itemId: made.item.id, seenHash: made.item.contentHash }
      await returnItem(made.chair, { ...seen, reason: 'Tallene mangler' })
      await send(made)
      const told = await notices(made)
      expect(told.filter((line) => line.startsWith('return-answered'))).toEqual(['return-answered for'])
      expect(told.filter((line) => line.startsWith('item-submitted'))).toHaveLength(3)
    })

    test('who approved is told once when it lapsed, not while it stands, and not who may no longer read', async () => {
      const made = await review()
      await approve(made.chair, { itemId: made.item.id, seenHash: made.item.contentHash })
      await tellOfLapses()
      const lapsed = async () => (await notices(made)).filter((line) => line.startsWith('approval-lapsed'))
      expect(await lapsed()).toEqual([])
      await write(made, 'Andre ord')
      await tellOfLapses()
      await tellOfLapses()
      expect(await lapsed()).toEqual(['approval-lapsed for'])
      await approve(made.vice, { itemId: made.item.id, seenHash: (await status(made))?.contentHash ?? '' })
      await db().membership.updateMany({
        where: { userId: made.vice.userId },
        data: { termTo: new Date('2018-02-01') },
      })
      await write(made, 'Helt andre ord')
      await tellOfLapses()
      expect(await lapsed()).toEqual(['approval-lapsed for'])
    })
  })

  describe('sending to review', () => {
    test('shares the item, keeps its words and tells the pages', async () => {
      const made = await stage()
      expect((await status(made))?.status).toBe('draft')
      const signals = await signalsOf(() => send(made))
      expect(await status(made)).toMatchObject({ status: 'inReview', missing: ['chair', 'viceChair'] })
      const [version] = await db().version.findMany({ where: { itemId: made.item.id } })
      expect(version).toMatchObject({
        reason: 'submitted',
        contentHash: made.item.contentHash,
        content: made.item.content,
      })
      expect(await acts(made)).toEqual(['item-submitted'])
      expect(signals).toContainEqual({ kind: 'item-rights-changed', itemId: made.item.id })
      expect(signals).toContainEqual({
        kind: 'meeting-changed',
        meetingId: made.meeting.id,
        what: 'approvals',
      })
    })

    test('twice is once', async () => {
      const made = await review()
      expect(await send(made)).toEqual({ submitted: [] })
      expect(await acts(made)).toEqual(['item-submitted'])
    })

    test.each(['chair', 'member'] as const)('is refused for a %s', async (who) => {
      const made = await review()
      const input = { meetingId: made.meeting.id, itemIds: [made.item.id] }
      await expect(submit(made[who], input)).rejects.toMatchObject({ code: 'forbidden' })
    })

    test('does not reach an item of another meeting', async () => {
      const made = await stage()
      const other = await createMeeting({ bodyId: made.body.id })
      const input = { meetingId: other.id, itemIds: [made.item.id] }
      await expect(submit(made.secretary, input)).rejects.toMatchObject({ code: 'not-found' })
    })
  })

  describe('approving', () => {
    test('both must, when the body says both', async () => {
      const made = await review('both')
      const first = await approve(made.chair, made.wish)
      expect(first).toMatchObject({
        outcome: 'done',
        approvals: { status: 'inReview', missing: ['viceChair'] },
      })
      await approve(made.vice, made.wish)
      expect(await status(made)).toMatchObject({ status: 'approved', missing: [] })
      expect(await acts(made)).toEqual(['item-submitted', 'item-approved', 'item-approved'])
    })

    test('one may, when the body says either', async () => {
      const made = await review('either')
      await approve(made.vice, made.wish)
      expect(await status(made)).toMatchObject({
        status: 'approved',
        approvals: [{ position: 'viceChair', stands: true }],
      })
    })

    test('the chair must, when the body says the chair, and a new rule holds at once', async () => {
      const made = await review('chair')
      await approve(made.vice, made.wish)
      expect(await status(made)).toMatchObject({ status: 'inReview', missing: ['chair'] })
      const signals = await signalsOf(() => setRule(made.secretary, { bodyId: made.body.id, rule: 'either' }))
      expect(signals).toContainEqual({
        kind: 'meeting-changed',
        meetingId: made.meeting.id,
        what: 'approvals',
      })
      expect(await status(made)).toMatchObject({ status: 'approved' })
      expect(await loadRule(made.secretary, made.body.id)).toBe('either')
      await setRule(made.secretary, { bodyId: made.body.id, rule: 'chair' })
      expect(await status(made)).toMatchObject({ status: 'inReview' })
      await approve(made.chair, made.wish)
      expect(await status(made)).toMatchObject({ status: 'approved', missing: [] })
      for (const actor of [made.chair, made.member]) {
        const wish = { bodyId: made.body.id, rule: 'either' as const }
        await expect(setRule(actor, wish)).rejects.toMatchObject({ code: 'forbidden' })
        await expect(loadRule(actor, made.body.id)).rejects.toMatchObject({ code: 'forbidden' })
      }
    })

    test('the vice-chair for the chair as well while standing in, and what was said then stands', async () => {
      const made = await review('both')
      const { id: bodyId } = made.body
      const on = (day: string) => () => new Date(`${day}T10:00:00Z`)
      const wish = { bodyId, reason: 'Ferie', from: '2031-03-03', until: '2031-03-07' }
      await approve(made.vice, made.wish)
      const signals = await signalsOf(() => setStandIn(made.secretary, wish, on('2031-03-01')))
      expect(signals).toContainEqual({
        kind: 'meeting-changed',
        meetingId: made.meeting.id,
        what: 'approvals',
      })
      const asked = async (day: string) => {
        const { items, standInUntil } = await loadApprovals(made.chair, made.meeting.id, on(day))
        const [{ status: given, missing } = { status: null, missing: null }] = items
        return { given, missing, standInUntil }
      }
      expect(await asked('2031-03-02')).toEqual({ given: 'inReview', missing: ['chair'], standInUntil: null })
      const held = { given: 'inReview', missing: ['viceChair'], standInUntil: '2031-03-07' }
      expect(await asked('2031-03-03')).toEqual(held)
      expect(await asked('2031-03-07')).toEqual(held)
      expect(await asked('2031-03-08')).toMatchObject({ missing: ['chair'] })

      for (let press = 0; press < 2; press++) await approve(made.vice, made.wish, on('2031-03-05'))
      expect(await asked('2031-03-05')).toMatchObject({ given: 'approved', missing: [] })
      expect(await asked('2031-03-08')).toMatchObject({ given: 'approved', missing: [] })
      const kept = await db().approval.findMany({
        where: { itemId: made.item.id },
        select: { position: true, standInId: true },
        orderBy: { createdAt: 'asc' },
      })
      expect(kept).toEqual([
        { position: 'viceChair', standInId: null },
        { position: 'viceChair', standInId: expect.any(String) },
      ])
    })

    test('a stand-in is set and called off by who may, with a reason and an end to come', async () => {
      const made = await review('chair')
      const { id: bodyId } = made.body
      const clock = () => new Date('2031-03-05T10:00:00Z')
      const wish = { bodyId, reason: 'Ferie', from: '2031-03-03', until: '2031-03-07' }
      for (const actor of [made.chair, made.vice, made.member]) {
        await expect(setStandIn(actor, wish, clock)).rejects.toMatchObject({ code: 'forbidden' })
        await expect(endStandIn(actor, { bodyId }, clock)).rejects.toMatchObject({ code: 'forbidden' })
        await expect(loadStandIn(actor, bodyId, clock)).rejects.toMatchObject({ code: 'forbidden' })
      }
      await expect(setStandIn(made.secretary, { ...wish, reason: '' }, clock)).rejects.toMatchObject({
        code: 'reason-missing',
      })
      await expect(setStandIn(made.secretary, { ...wish, until: '2031-03-04' }, clock)).rejects.toMatchObject(
        {
          code: 'stand-in-over',
        },
      )
      expect(await loadStandIn(made.secretary, bodyId, clock)).toBeNull()
      await setStandIn(made.secretary, wish, clock)
      await setStandIn(made.secretary, { ...wish, until: '2031-03-10' }, clock)
      expect(await loadStandIn(made.secretary, bodyId, clock)).toEqual({
        reason: 'Ferie',
        from: '2031-03-03',
        until: '2031-03-10',
      })
      await endStandIn(made.secretary, { bodyId }, clock)
      await endStandIn(made.secretary, { bodyId }, clock)
      expect(await loadStandIn(made.secretary, bodyId, clock)).toBeNull()
      expect(await status(made)).toMatchObject({ missing: ['chair'] })
      const acts = await db().auditEvent.findMany({
        where: { bodyId, act: { startsWith: 'stand-in' } },
        orderBy: { seq: 'asc' },
      })
      expect(acts.map(({ act }) => act)).toEqual([
        'stand-in-set',
        'stand-in-ended',
        'stand-in-set',
        'stand-in-ended',
      ])
    })

    test('several that were read, each by its own words: what has moved on is shown and not approved', async () => {
      const made = await review('either')
      const second = await createItem({ meetingId: made.meeting.id, sectionId: made.section.id, content })
      await submit(made.secretary, { meetingId: made.meeting.id, itemIds: [second.id] })
      await write(made, 'Kulturen')
      const wishes = [made.wish, { itemId: second.id, seenHash: second.contentHash }]
      expect(await approveRead(made.chair, { wishes })).toMatchObject([
        { itemId: made.item.id, decision: { outcome: 'stale' } },
        { itemId: second.id, decision: { outcome: 'done' } },
      ])
      const { items } = await loadApprovals(made.secretary, made.meeting.id)
      expect(items.map((item) => item.status)).toEqual(['inReview', 'approved'])
      await expect(approveRead(made.member, { wishes })).rejects.toMatchObject({ code: 'forbidden' })
    })

    test('binds to the exact words: it lapses with them and stands again with them', async () => {
      const made = await review('either')
      await approve(made.chair, made.wish)
      await write(made, 'Kulturen')
      expect(await status(made)).toMatchObject({ status: 'lapsed', approvals: [{ stands: false }] })
      expect((await status(made))?.lapsedAt).not.toBeNull()
      await write(made, 'Kultur')
      expect(await status(made)).toMatchObject({
        status: 'approved',
        lapsedAt: null,
        approvals: [{ stands: true }],
      })
    })

    test('keeps standing when only case number or caseworkers change', async () => {
      const made = await review('either')
      await approve(made.chair, made.wish)
      await edit(made, (doc) => metaMap(doc).set('caseNumber', 'SAG-2'))
      expect((await status(made))?.status).toBe('approved')
    })

    test('refuses words that have moved on, keeps nothing and shows what they say now', async () => {
      const made = await review()
      await write(made, 'Kulturen i regionen')
      const answer = await approve(made.chair, made.wish)
      if (answer.outcome !== 'stale') throw new Error('The approval was not refused')
      const seen = {
        content: made.item.content,
        frame: { visibility: 'open', publicTitle: null, annexes: [] } as const,
      }
      expect(differenceOf({ ...seen, frame: { ...seen.frame, annexes: [] } }, answer.current).title).toEqual([
        { kind: 'removed', text: 'Kultur' },
        { kind: 'added', text: 'Kulturen i regionen' },
      ])
      expect(await rows(made)).toEqual([])
      expect(await acts(made)).toEqual(['item-submitted'])
      const again = await approve(made.chair, { ...made.wish, seenHash: answer.current.contentHash })
      expect(again.outcome).toBe('done')
    })

    test('twice by the same person makes one row, also at the same moment', async () => {
      const made = await review()
      await Promise.all([approve(made.chair, made.wish), approve(made.chair, made.wish)])
      await approve(made.chair, made.wish)
      expect(await rows(made)).toHaveLength(1)
      expect(await acts(made)).toEqual(['item-submitted', 'item-approved'])
    })

    test('by both at the same moment keeps both', async () => {
      const made = await review()
      await Promise.all([approve(made.chair, made.wish), approve(made.vice, made.wish)])
      expect((await status(made))?.status).toBe('approved')
      const kept = await rows(made)
      expect(new Set(kept.map(({ createdAt }) => createdAt.getTime())).size).toBe(2)
    })

    test('against edits at the same moment never approves words that were not seen', async () => {
      const made = await review('either')
      const answers = await Promise.all([
        approve(made.chair, made.wish),
        write(made, 'Kulturen'),
        approve(made.vice, made.wish),
      ])
      for (const { contentHash, versionId } of await rows(made)) {
        const version = await db().version.findUniqueOrThrow({ where: { id: versionId } })
        expect([contentHash, version.contentHash]).toEqual([made.item.contentHash, made.item.contentHash])
        expect(version.content).toMatchObject({ title: 'Kultur' })
      }
      const done = [answers[0], answers[2]].filter(({ outcome }) => outcome === 'done')
      expect(await rows(made)).toHaveLength(done.length)
      expect((await status(made))?.status).toBe(done.length ? 'lapsed' : 'inReview')
    })

    test('keeps the version as the log says it, not as the projection says it', async () => {
      const made = await review()
      await db().item.update({
        where: { id: made.item.id },
        data: { contentHash: 'f'.repeat(64), title: 'Falsk' },
      })
      expect((await approve(made.chair, made.wish)).outcome).toBe('done')
      const exact = await transaction((tx) => exactItem(tx, made.item.id))
      expect((await rows(made)).map(({ contentHash }) => contentHash)).toEqual([exact.contentHash])
    })

    test.each(['member', 'secretary'] as const)('is refused for a %s', async (who) => {
      const made = await review()
      await expect(approve(made[who], made.wish)).rejects.toMatchObject({ code: 'forbidden' })
      expect(await rows(made)).toEqual([])
    })

    test('asks the membership of this moment, not the one the actor came with', async () => {
      const made = await review()
      await db().membership.updateMany({
        where: { userId: made.chair.userId },
        data: { termTo: new Date('2019-01-01') },
      })
      await expect(approve(made.chair, made.wish)).rejects.toMatchObject({ code: 'not-found' })
    })

    test('waits until the item is sent, and ends when the agenda is', async () => {
      const made = await stage()
      await expect(approve(made.chair, made.wish)).rejects.toMatchObject({ code: 'approval-not-submitted' })
      await send(made)
      await db().meeting.update({ where: { id: made.meeting.id }, data: { state: 'dispatched' } })
      await expect(approve(made.chair, made.wish)).rejects.toMatchObject({ code: 'agenda-frozen' })
    })
  })

  describe('returning', () => {
    test('starts a thread the caseworker must answer, and waits for the item to be sent again', async () => {
      const made = await review()
      const signals = await signalsOf(() =>
        returnItem(made.chair, { ...made.wish, reason: 'Beløbet mangler.' }),
      )
      const [row] = await rows(made)
      const thread = await db().thread.findUniqueOrThrow({
        where: { id: row?.threadId ?? '' },
        include: { comments: true },
      })
      expect(thread).toMatchObject({
        scope: 'leadership',
        field: null,
        comments: [{ text: 'Beløbet mangler.' }],
      })
      expect(await status(made)).toMatchObject({
        status: 'returned',
        approvals: [{ reason: 'Beløbet mangler.' }],
      })
      expect(signals.map((event) => ('what' in event ? event.what : event.kind))).toEqual([
        'threads',
        'notices-changed',
        'approvals',
      ])
      await write(made, 'Kultur for 1 krone')
      expect((await status(made))?.status).toBe('returned')
      await send(made)
      expect(await status(made)).toMatchObject({
        status: 'inReview',
        approvals: [{ verdict: 'returned', stands: false }],
      })
      expect(await acts(made)).toEqual([
        'item-submitted',
        'thread-started',
        'item-returned',
        'item-submitted',
      ])
    })

    test('puts the thread on the words that were pointed at', async () => {
      const made = await review()
      const text = 'Regionen giver tilskud.'
      await edit(made, (doc) => {
        const paragraph = new Y.XmlElement('paragraph')
        paragraph.insert(0, [new Y.XmlText(text)])
        fieldFragment(doc, 'background').insert(0, [paragraph])
      })
      const seenHash = (await status(made))?.contentHash ?? ''
      const selection = { field: 'background' as const, from: 9, to: 22, quote: 'giver tilskud' }
      const wish = { itemId: made.item.id, seenHash, reason: 'Hvor meget?' }
      await returnItem(made.chair, { ...wish, selection })
      const [row] = await rows(made)
      const { threads } = await loadThreads(made.secretary, made.meeting.id)
      expect(threads.find(({ id }) => id === row?.threadId)).toMatchObject({
        field: 'background',
        quote: 'giver tilskud',
        detached: false,
        place: { from: 9, to: 22 },
      })
    })

    test('twice with the same reason is once', async () => {
      const made = await review()
      await returnItem(made.chair, { ...made.wish, reason: 'Nej' })
      await returnItem(made.chair, { ...made.wish, reason: 'Nej' })
      expect(await rows(made)).toHaveLength(1)
    })

    test('one press that arrives again after the item was sent once more is still one return', async () => {
      const made = await review()
      const press = { ...made.wish, reason: 'Hvorfor?', requestId: randomUUID() }
      await returnItem(made.chair, press)
      await send(made)
      expect(await returnItem(made.chair, press)).toMatchObject({
        outcome: 'done',
        approvals: { status: 'inReview' },
      })
      expect(await rows(made)).toHaveLength(1)
    })

    test('wants a reason, and keeps it from members', async () => {
      const made = await review()
      await expect(returnItem(made.chair, { ...made.wish, reason: ' ' })).rejects.toMatchObject({
        code: 'reason-missing',
      })
      await returnItem(made.chair, { ...made.wish, reason: 'Fortroligt' })
      expect(JSON.stringify(await loadApprovals(made.member, made.meeting.id))).not.toContain('Fortroligt')
      await expect(loadHistory(made.member, made.item.id)).rejects.toMatchObject({ code: 'forbidden' })
    })
  })

  test('taking a verdict back leaves its row and asks the person anew', async () => {
    const made = await review('either')
    await approve(made.chair, made.wish)
    expect(await withdraw(made.chair, { itemId: made.item.id })).toMatchObject({
      status: 'inReview',
      approvals: [],
    })
    await withdraw(made.chair, { itemId: made.item.id })
    expect((await rows(made)).map(({ verdict }) => verdict)).toEqual(['approved', 'withdrawn'])
    const { entries } = await loadHistory(made.secretary, made.item.id)
    expect(entries.map(({ kind, by }) => `${kind} ${by?.initials}`)).toEqual([
      'withdrawn for',
      'approved for',
      'submitted jhp',
    ])
    expect(await acts(made)).toEqual(['item-submitted', 'item-approved', 'approval-withdrawn'])
  })

  describe("the chairmanship's page", () => {
    test('shows items in review with the words of one’s own last approval', async () => {
      const made = await review()
      await createItem({ meetingId: made.meeting.id, sectionId: made.section.id, position: 1 })
      await approve(made.chair, made.wish)
      await write(made, 'Kulturen')
      const mine = await loadReview(made.chair, made.meeting.id)
      expect(mine).toMatchObject({ me: { position: 'chair' }, drafts: 1, items: [{ number: '1.1' }] })
      expect(mine.items[0]?.since?.words.content.title).toBe('Kultur')
      expect((await loadReview(made.vice, made.meeting.id)).items[0]?.since).toBeNull()
    })

    test.each(['member', 'secretary'] as const)('is not for a %s', async (who) => {
      const made = await review()
      await expect(loadReview(made[who], made.meeting.id)).rejects.toMatchObject({ code: 'forbidden' })
    })
  })

  describe('what changed since an approval', () => {
    test('is shown to everyone who reads the item', async () => {
      const made = await review()
      expect(await loadSinceApproved(made.member, made.item.id)).toBeNull()
      await approve(made.chair, made.wish)
      await write(made, 'Kulturen')
      const since = await loadSinceApproved(made.member, made.item.id)
      expect(since).toMatchObject({
        name: 'Formanden',
        difference: { same: false, counts: { added: 1, removed: 1 } },
      })
    })

    test('keeps words from when the item was closed with those who may read closed items', async () => {
      const made = await review()
      const reads = async (actor: Actor) => (await loadSinceApproved(actor, made.item.id)) !== null
      const observer = await createActor({ bodyId: made.body.id, role: 'observer' })
      const frame = { visibility: 'closed', publicTitle: 'Ejendom', annexes: [] }
      await approve(made.chair, made.wish)
      expect(await reads(observer)).toBe(true)
      await db().version.updateMany({ where: { itemId: made.item.id, reason: 'approved' }, data: { frame } })
      expect([await reads(observer), await reads(made.member)]).toEqual([false, true])
    })
  })
})
