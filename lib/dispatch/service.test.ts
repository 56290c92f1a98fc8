import { describe, expect, test } from 'vitest'
import * as Y from 'yjs'
import { addLink, deleteAnnex, readAnnex } from '@/lib/agenda/annex-service.ts'
import * as arranging from '@/lib/agenda/arrange-service.ts'
import { emptyContent, metaMap } from '@/lib/agenda/doc.ts'
import { append, DocumentsClosedError, itemRoomFacts, project } from '@/lib/agenda/doc-store.ts'
import type { Prose } from '@/lib/agenda/prose.ts'
import { loadAgenda } from '@/lib/agenda/service.ts'
import { closeItem, openItem } from '@/lib/agenda/visibility-service.ts'
import { approve, loadApprovals, loadHistory, submit, withdraw } from '@/lib/approval/service.ts'
import { loadThreads, startThread } from '@/lib/comments/service.ts'
import { db, transaction } from '@/lib/db.ts'
import { canItem } from '@/lib/identity/rules.ts'
import { eachStore } from '@/prisma/testing/each-store.ts'
import {
  createActor,
  createBody,
  createItem,
  createMeeting,
  createSection,
} from '@/prisma/testing/factories.ts'
import { signalsOf } from '@/prisma/testing/signals.ts'
import {
  dispatch,
  endRevision,
  giveLateReason,
  loadEdition,
  loadReadiness,
  readSentAnnex,
  startRevision,
} from './service.ts'

const clock = () => new Date('2019-09-05T08:00:00Z')

function prose(text: string): Prose {
  return { type: 'doc', content: [{ type: 'paragraph', content: [{ type: 'text', text }] }] }
}

function content(title: string) {
  const fields = { ...emptyContent.fields, recommendation: prose(`At rådet godkender ${title}`) }
  return { title, kind: 'decision' as const, fields }
}

/** A body with its people and an agenda of two sections: two open items and a closed one. */
async function stage() {
  const body = await createBody({ approvalRule: 'either' })
  const person = (data: Omit<Parameters<typeof createActor>[0], 'bodyId'>) =>
    createActor({ bodyId: body.id, ...data })
  const secretary = await person({ role: 'secretariat' })
  const chair = await person({ role: 'chair', position: 'chair' })
  const member = await person({ role: 'member' })
  const outsider = await person({ role: 'member', readsClosed: false })
  const meeting = await createMeeting({ bodyId: body.id })
  const first = await createSection({ meetingId: meeting.id, position: 0 })
  const second = await createSection({ meetingId: meeting.id, position: 1 })
  const within = { meetingId: meeting.id }
  const budget = await createItem({ ...within, sectionId: first.id, content: content('Budget') })
  const plan = await createItem({
    ...within,
    sectionId: first.id,
    position: 1,
    content: content('Plan'),
  })
  const sale = await createItem({
    ...within,
    sectionId: second.id,
    content: content('Salg til Hansen'),
    visibility: 'closed',
    publicTitle: 'Salg af grund',
  })
  return { body, secretary, chair, member, outsider, meeting, first, second, budget, plan, sale }
}
type Stage = Awaited<ReturnType<typeof stage>>

async function approveAll({ secretary, chair, meeting }: Stage) {
  const agenda = await loadAgenda(secretary, meeting.id)
  const items = agenda.sections.flatMap((section) => section.items)
  const itemIds = items.map(({ id }) => id)
  await submit(secretary, { meetingId: meeting.id, itemIds }, clock)
  const { items: states } = await loadApprovals(chair, meeting.id)
  for (const { itemId, status, contentHash } of states) {
    if (status !== 'approved') await approve(chair, { itemId, seenHash: contentHash }, clock)
  }
}

async function send({ secretary, meeting }: Stage, reason = '') {
  const { findings } = await loadReadiness(secretary, meeting.id, clock)
  const seen = findings.map(({ key }) => key)
  return dispatch(secretary, { meetingId: meeting.id, reason, seen }, clock)
}

/** A stage whose agenda is approved and sent. */
async function sent() {
  const made = await stage()
  await approveAll(made)
  await send(made)
  return made
}

async function write(item: Stage['budget'], caseNumber: string) {
  const rows = await db().documentUpdate.findMany({ where: { documentId: item.documentId } })
  const doc = new Y.Doc()
  for (const { data } of rows) Y.applyUpdate(doc, data)
  const before = Y.encodeStateVector(doc)
  metaMap(doc).set('kind', caseNumber)
  const data = Y.encodeStateAsUpdate(doc, before)
  const entry = { itemId: item.id, generation: 1, documentId: item.documentId, data, userId: null }
  await transaction((tx) => append(tx, [entry]))
  await transaction((tx) => project(tx, item.id))
}

/** Every byte that is kept of what was sent of a meeting, and of what it points at. */
async function bytes({ meeting }: Pick<Stage, 'meeting'>, upTo = 1) {
  const rows = await db().$queryRaw<{ all: string }[]>`
    SELECT string_agg(line, chr(10) ORDER BY line) AS "all" FROM (
      SELECT e::text AS line FROM "Edition" e WHERE e."meetingId" = ${meeting.id} AND e."number" <= ${upTo}
      UNION ALL SELECT i::text FROM "EditionItem" i JOIN "Edition" e ON e."id" = i."editionId"
        WHERE e."meetingId" = ${meeting.id} AND e."number" <= ${upTo}
      UNION ALL SELECT a::text FROM "EditionAnnex" a JOIN "EditionItem" i ON i."id" = a."editionItemId"
        JOIN "Edition" e ON e."id" = i."editionId" WHERE e."meetingId" = ${meeting.id} AND e."number" <= ${upTo}
      UNION ALL SELECT v::text FROM "Version" v JOIN "EditionItem" i ON i."versionId" = v."id"
        JOIN "Edition" e ON e."id" = i."editionId" WHERE e."meetingId" = ${meeting.id} AND e."number" <= ${upTo}
      UNION ALL SELECT f::text FROM "AnnexFile" f JOIN "EditionAnnex" a ON a."annexId" = f."annexId"
    ) AS lines`
  return rows[0]?.all
}

function titles(view: Awaited<ReturnType<typeof loadEdition>>) {
  return view.agenda.sections.flatMap(({ items }) => items.map(({ number, title }) => `${number} ${title}`))
}

await eachStore('Dispatch', () => {
  test('freezes numbers, words, hashes and approvals at once, and tells everybody', async () => {
    const made = await stage()
    await approveAll(made)
    const signals = await signalsOf(() => send(made))
    const { meeting, member, outsider, secretary, budget } = made
    expect(signals).toContainEqual({ kind: 'item-rights-changed', itemId: budget.id })
    expect(signals).toContainEqual({ kind: 'meeting-changed', meetingId: meeting.id, what: 'agenda' })
    expect(titles(await loadEdition(member, meeting.id))).toEqual([
      '1.1 Budget',
      '1.2 Plan',
      '2.1 Salg til Hansen',
    ])
    const seen = await loadEdition(outsider, meeting.id)
    expect(titles(seen)).toEqual(['1.1 Budget', '1.2 Plan', '2.1 Salg af grund'])
    expect(JSON.stringify(seen)).not.toContain('Hansen')
    const rows = await db().editionItem.findMany({ where: { edition: { meetingId: meeting.id } } })
    expect(rows.map(({ contentHash }) => contentHash).sort()).toEqual(
      [made.budget, made.plan, made.sale].map(({ contentHash }) => contentHash).sort(),
    )
    expect(rows.every(({ record }) => JSON.parse(record).approvals[0].verdict === 'approved')).toBe(true)
    const told = await db().notice.findMany({ where: { meetingId: meeting.id, kind: 'agenda-dispatched' } })
    expect(told.map(({ userId }) => userId).sort()).toEqual(
      [made.chair, member, outsider].map(({ userId }) => userId).sort(),
    )
    expect(told.some(({ userId }) => userId === secretary.userId)).toBe(false)
    const acts = await db().auditEvent.findMany({ where: { bodyId: made.body.id, act: 'agenda-dispatched' } })
    expect(acts).toHaveLength(1)
  })

  test('closes the documents to every writer in the same moment', async () => {
    const { budget } = await sent()
    await expect(write(budget, 'discussion')).rejects.toBeInstanceOf(DocumentsClosedError)
    const facts = await itemRoomFacts(db(), budget.id)
    expect(facts?.facts.phase).toBe('frozen')
    const subject = { role: 'secretariat', readsClosed: true, recusedFrom: [] } as const
    expect(facts && canItem(subject, 'write', facts.facts)).toBe(false)
  })

  test('goes out unapproved with a reason only, and not past what was not seen', async () => {
    const made = await stage()
    const { secretary, meeting } = made
    await expect(send(made)).rejects.toMatchObject({ code: 'reason-missing' })
    const wish = { meetingId: meeting.id, reason: 'Haster', seen: [] }
    expect(await dispatch(secretary, wish, clock)).toEqual({ outcome: 'stale' })
    expect(await send(made, 'Haster')).toMatchObject({ outcome: 'sent', number: 1 })
    expect((await loadEdition(secretary, meeting.id)).reason).toBe('Haster')
    expect((await loadEdition(made.member, meeting.id)).reason).toBeNull()
    await expect(send(made, 'Igen')).rejects.toMatchObject({ code: 'agenda-frozen' })
  })

  test('never sends a closed item without a public title', async () => {
    const made = await stage()
    await db().item.update({ where: { id: made.sale.id }, data: { publicTitle: null } })
    await expect(send(made, 'Haster')).rejects.toMatchObject({ code: 'dispatch-blocked' })
    expect(await db().edition.count({ where: { meetingId: made.meeting.id } })).toBe(0)
  })

  test('is the secretariat’s', async () => {
    const made = await stage()
    const wish = { meetingId: made.meeting.id, reason: 'x', seen: [] }
    const stranger = await createActor({ bodyId: (await createBody()).id, role: 'secretariat' })
    await expect(dispatch(made.chair, wish)).rejects.toMatchObject({ code: 'forbidden' })
    await expect(dispatch(made.member, wish)).rejects.toMatchObject({ code: 'forbidden' })
    await expect(dispatch(stranger, wish)).rejects.toMatchObject({ code: 'not-found' })
    await expect(loadReadiness(made.member, made.meeting.id)).rejects.toMatchObject({ code: 'forbidden' })
  })

  test('two who press at once send once', async () => {
    const made = await stage()
    await approveAll(made)
    const results = await Promise.allSettled([send(made), send(made)])
    expect(results.filter(({ status }) => status === 'fulfilled')).toHaveLength(1)
    expect(await db().edition.count({ where: { meetingId: made.meeting.id } })).toBe(1)
  })

  test('goes on as edition 2 while members keep reading edition 1', async () => {
    const made = await sent()
    const { secretary, chair, member, meeting, budget, first } = made
    await startRevision(secretary, { meetingId: meeting.id, revision: 'edition' })
    await write(budget, 'discussion')
    expect((await loadAgenda(member, meeting.id)).sections).toEqual([])
    expect((await loadApprovals(member, meeting.id)).items).toEqual([])
    const before = await loadEdition(member, meeting.id)
    expect(before.agenda.sections[0]?.items[0]?.content?.kind).toBe('decision')
    const readiness = await loadReadiness(secretary, meeting.id, clock)
    expect(readiness.next).toEqual({ kind: 'agenda', ordinal: 2 })
    expect(readiness.changes).toEqual([
      { itemId: budget.id, number: '1.1', title: 'Budget', change: 'changed' },
    ])
    expect(readiness.findings.map(({ code }) => code)).toEqual(['lapsed'])
    await arranging.moveItem(secretary, { itemId: budget.id, sectionId: first.id, at: 1 })
    const working = await loadAgenda(secretary, meeting.id)
    expect(working.sections[0]?.items.map(({ number }) => number)).toEqual(['1.2', '1.1'])
    await expect(endRevision(secretary, { meetingId: meeting.id })).rejects.toMatchObject({
      code: 'revision-not-empty',
    })
    const { items } = await loadApprovals(chair, meeting.id)
    const lapsed = items.find(({ itemId }) => itemId === budget.id)
    await approve(chair, { itemId: budget.id, seenHash: lapsed?.contentHash ?? '' }, clock)
    expect(await send(made)).toMatchObject({ outcome: 'sent', number: 2 })
    const after = await loadEdition(member, meeting.id)
    expect(after.agenda.sections[0]?.items.map(({ number }) => number)).toEqual(['1.2', '1.1'])
    expect(after.changes).toMatchObject([{ itemId: budget.id, change: 'changed' }])
    expect(after.changes[0]?.difference?.kind).toEqual({ before: 'decision', after: 'discussion' })
    expect(titles(await loadEdition(member, meeting.id, 1))[0]).toBe('1.1 Budget')
    const { entries } = await loadHistory(secretary, budget.id)
    const editions = entries.flatMap(({ kind, edition }) => (kind === 'dispatched' ? [edition] : []))
    expect(editions).toEqual([
      { kind: 'agenda', ordinal: 2 },
      { kind: 'agenda', ordinal: 1 },
    ])
  })

  test('lets a revision go when nothing differs', async () => {
    const { secretary, meeting, budget } = await sent()
    await startRevision(secretary, { meetingId: meeting.id, revision: 'edition' })
    await expect(
      startRevision(secretary, { meetingId: meeting.id, revision: 'supplement' }),
    ).rejects.toMatchObject({ code: 'revision-open' })
    await endRevision(secretary, { meetingId: meeting.id })
    await expect(write(budget, 'discussion')).rejects.toBeInstanceOf(DocumentsClosedError)
  })

  test('adds late items as a supplement, each with its reason, without renumbering what was sent', async () => {
    const made = await sent()
    const { secretary, member, outsider, meeting, first, second, budget } = made
    await startRevision(secretary, { meetingId: meeting.id, revision: 'supplement' })
    await expect(write(budget, 'discussion')).rejects.toBeInstanceOf(DocumentsClosedError)
    for (const act of [
      () => arranging.deleteItem(secretary, { itemId: budget.id }),
      () => arranging.moveItem(secretary, { itemId: budget.id, sectionId: second.id, at: 0 }),
      () => arranging.renameSection(secretary, { sectionId: first.id, title: 'Andet' }),
      () => closeItem(secretary, { itemId: budget.id, publicTitle: 'x', reason: '' }),
      () => addLink(secretary, { itemId: budget.id, title: 'Bilag', url: 'https://a.dk' }),
    ]) {
      await expect(act()).rejects.toMatchObject({ code: 'agenda-frozen' })
    }
    const { id } = await arranging.addItem(secretary, { sectionId: first.id, title: 'Sent punkt', at: 0 })
    await expect(send(made, 'Haster')).rejects.toMatchObject({ code: 'dispatch-blocked' })
    expect(JSON.stringify(await loadEdition(member, meeting.id))).not.toContain('Sent punkt')
    await giveLateReason(secretary, { itemId: id, reason: 'Svaret kom i går' })
    expect(await send(made, 'Haster')).toMatchObject({ outcome: 'sent', number: 2 })
    const valid = await loadEdition(outsider, meeting.id)
    expect(titles(valid)).toEqual(['1.1 Budget', '1.2 Plan', '1.3 Sent punkt', '2.1 Salg af grund'])
    expect(valid.changes).toMatchObject([{ itemId: id, change: 'new' }])
    expect(valid.agenda.sections[0]?.items[2]?.lateReason).toBe('Svaret kom i går')
    expect(titles(await loadEdition(member, meeting.id, 2))).toEqual(['1.3 Sent punkt'])
    const told = await db().notice.findMany({
      where: { meetingId: meeting.id, kind: 'supplement-dispatched' },
    })
    expect(told).toHaveLength(3)
    // By the name it has for people: it is the second that was sent, and the first supplement.
    expect(told.map(({ data }) => data)).toEqual([{ number: 1 }, { number: 1 }, { number: 1 }])
  })

  test('keeps what is closed from who may not read it, also when it was sent open', async () => {
    const made = await sent()
    const { secretary, member, outsider, meeting, plan } = made
    await startRevision(secretary, { meetingId: meeting.id, revision: 'edition' })
    await closeItem(secretary, { itemId: plan.id, publicTitle: 'En sag', reason: 'Personsag' })
    const seen = await loadEdition(outsider, meeting.id)
    expect(JSON.stringify(seen)).not.toContain('Plan')
    expect(titles(await loadEdition(member, meeting.id))).toContain('1.2 Plan')
  })

  test('lets members talk about what was sent, in the words they read', async () => {
    const made = await sent()
    const { secretary, member, meeting, budget } = made
    await startRevision(secretary, { meetingId: meeting.id, revision: 'edition' })
    const selection = { field: 'recommendation' as const, from: 3, to: 8, quote: 'rådet' }
    const { threadId } = await startThread(member, {
      itemId: budget.id,
      scope: 'body',
      text: 'Hvem?',
      selection,
    })
    for (const reader of [member, secretary]) {
      const { threads } = await loadThreads(reader, meeting.id)
      expect(threads).toMatchObject([{ id: threadId, place: { from: 3, to: 8 }, detached: false }])
    }
  })

  describe('never changes by a byte', () => {
    test('whatever the product does afterwards', async () => {
      const made = await stage()
      const { secretary, chair, meeting, first, second, budget, plan, sale } = made
      const annex = await addLink(secretary, { itemId: budget.id, title: 'Notat', url: 'https://a.dk/1' })
      await approveAll(made)
      await send(made)
      const before = await bytes(made)
      await startRevision(secretary, { meetingId: meeting.id, revision: 'edition' })
      await write(budget, 'discussion')
      await deleteAnnex(secretary, { annexId: annex.id })
      await addLink(secretary, { itemId: budget.id, title: 'Andet', url: 'https://a.dk/2' })
      await closeItem(secretary, { itemId: plan.id, publicTitle: 'En sag', reason: '' })
      await openItem(secretary, { itemId: sale.id })
      await withdraw(chair, { itemId: budget.id }, clock)
      await arranging.moveItem(secretary, { itemId: budget.id, sectionId: second.id, at: 0 })
      await arranging.renameSection(secretary, { sectionId: first.id, title: 'Omdøbt' })
      await arranging.addItem(secretary, { sectionId: first.id, title: 'Nyt', at: 0 })
      await arranging.deleteItem(secretary, { itemId: plan.id })
      await arranging.deleteSection(secretary, { sectionId: first.id })
      await approveAll(made)
      await send(made, 'Alt er nyt')
      await expect(send(made, 'Igen')).rejects.toMatchObject({ code: 'agenda-frozen' })
      expect(await bytes(made)).toBe(before)
      expect(await db().edition.count({ where: { meetingId: meeting.id } })).toBe(2)
      const old = await loadEdition(secretary, meeting.id, 1)
      expect(titles(old)).toEqual(['1.1 Budget', '1.2 Plan', '2.1 Salg til Hansen'])
      expect(old.agenda.sections[0]?.title).toBe('Sager')
      expect(old.agenda.sections[0]?.items[0]?.annexes).toMatchObject([{ title: 'Notat' }])
    })

    const roads: [string, string][] = [
      ['edition', `UPDATE "Edition" SET "ordinal" = 9`],
      ['edition', `DELETE FROM "Edition"`],
      ['edition', `TRUNCATE "Edition" CASCADE`],
      ['item', `UPDATE "EditionItem" SET "record" = '{}'`],
      ['item', `DELETE FROM "EditionItem"`],
      ['item', `TRUNCATE "EditionItem" CASCADE`],
      [
        'item',
        `INSERT INTO "EditionItem" SELECT 'x', "editionId", 'x', 9, '9.9', "visibility", "contentHash", "versionId", "record", "hash" FROM "EditionItem" LIMIT 1`,
      ],
      ['annex', `UPDATE "EditionAnnex" SET "position" = 9`],
      ['annex', `DELETE FROM "EditionAnnex"`],
      ['version', `UPDATE "Version" SET "contentHash" = 'x' WHERE "reason" = 'dispatched'`],
      ['version', `DELETE FROM "Version" WHERE "reason" = 'dispatched'`],
      ['annex', `UPDATE "Annex" SET "title" = 'x'`],
      ['annex', `DELETE FROM "Annex"`],
      ['file', `UPDATE "AnnexFile" SET "data" = 'x'`],
      ['file', `DELETE FROM "AnnexFile"`],
      ['meeting', `DELETE FROM "Meeting" WHERE "editionCount" > 0`],
      ['agenda item', `DELETE FROM "Item" WHERE "sentVersionId" IS NOT NULL`],
      ['body', `DELETE FROM "Body" WHERE "id" IN (SELECT "bodyId" FROM "Meeting" WHERE "editionCount" > 0)`],
    ]
    test('by a hand in the database', async () => {
      const made = await stage()
      const file = await db().annex.create({
        data: {
          itemId: made.budget.id,
          position: 0,
          title: 'Kort',
          fileName: 'kort.pdf',
          contentType: 'application/pdf',
          size: 3,
          contentHash: 'a'.repeat(64),
          file: { create: { data: new Uint8Array([1, 2, 3]) } },
        },
      })
      await transaction((tx) => project(tx, made.budget.id))
      await approveAll(made)
      await send(made)
      const before = await bytes(made)
      for (const [, sql] of roads) {
        await expect(db().$executeRawUnsafe(sql), sql).rejects.toThrow()
      }
      expect(await bytes(made)).toBe(before)
      await startRevision(made.secretary, { meetingId: made.meeting.id, revision: 'edition' })
      await deleteAnnex(made.secretary, { annexId: file.id })
      await expect(readAnnex(made.member, file.id)).rejects.toMatchObject({ code: 'not-found' })
      expect([...(await readSentAnnex(made.member, file.id)).data]).toEqual([1, 2, 3])
      const stranger = await createActor({ bodyId: (await createBody()).id, role: 'member' })
      await expect(readSentAnnex(stranger, file.id)).rejects.toMatchObject({ code: 'not-found' })
    })
  })
})
