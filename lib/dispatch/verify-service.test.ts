import { afterEach, expect, test } from 'vitest'
import { addAnnexFile } from '@/lib/agenda/annex-service.ts'
import { compact } from '@/lib/agenda/doc-store.ts'
import { condenseLog } from '@/lib/agenda/kept-log.ts'
import { renewDocuments } from '@/lib/agenda/renewal-service.ts'
import { type Checked, verifyAnnexes, verifyDocuments, verifyVersions } from '@/lib/agenda/verify-service.ts'
import { approve, loadApprovals, submit } from '@/lib/approval/service.ts'
import { verifyApprovals } from '@/lib/approval/verify-service.ts'
import { db } from '@/lib/db.ts'
import { eachStore } from '@/prisma/testing/each-store.ts'
import { createActor, createAgenda, createItem } from '@/prisma/testing/factories.ts'
import { dispatch, loadReadiness } from './service.ts'
import { verifyEditions } from './verify-service.ts'

const clock = () => new Date('2019-09-05T08:00:00Z')

/** An agenda of two items, one with an annex, that was approved and sent. */
async function sent() {
  const { body, meeting, section, item } = await createAgenda()
  await createItem({ meetingId: meeting.id, sectionId: section.id, position: 1 })
  const secretary = await createActor({ bodyId: body.id, role: 'secretariat' })
  const chair = await createActor({ bodyId: body.id, role: 'chair', position: 'chair' })
  const file = { title: 'Kort', fileName: 'kort.pdf', data: new Uint8Array(Buffer.from('%PDF-1.7 kort')) }
  await addAnnexFile(secretary, { itemId: item.id, ...file })
  const { items } = await loadApprovals(secretary, meeting.id)
  await submit(secretary, { meetingId: meeting.id, itemIds: items.map(({ itemId }) => itemId) }, clock)
  const states = await loadApprovals(chair, meeting.id)
  for (const { itemId, contentHash } of states.items) {
    await approve(chair, { itemId, seenHash: contentHash }, clock)
  }
  const { findings } = await loadReadiness(secretary, meeting.id, clock)
  const seen = findings.map(({ key }) => key)
  await dispatch(secretary, { meetingId: meeting.id, reason: 'Prøve', seen }, clock)
  return { meeting, item }
}

async function verified(): Promise<Checked[]> {
  const rows: Checked[] = []
  const parts = [verifyDocuments, verifyVersions, verifyAnnexes, verifyApprovals, verifyEditions]
  for (const part of parts) for await (const row of part()) rows.push(row)
  return rows
}

const defects = async () =>
  (await verified()).flatMap(({ kind, defect }) => (defect ? [`${kind} ${defect}`] : []))

/** Somebody with the database's password, past every guard of ours. */
async function tamper(statement: string): Promise<void> {
  await db().$transaction([
    db().$executeRawUnsafe(`SET LOCAL session_replication_role = replica`),
    db().$executeRawUnsafe(`ALTER TABLE "Edition" DISABLE TRIGGER ALL`),
    db().$executeRawUnsafe(`ALTER TABLE "EditionItem" DISABLE TRIGGER ALL`),
    db().$executeRawUnsafe(statement),
  ])
}

/** Another word in what was sent, with the hash made anew: the rows themselves take no record without its hash. */
function resealed(table: string, word: string, other: string): string {
  const record = `replace("record", '${word}', '${other}')`
  return `UPDATE "${table}" SET "record" = ${record}, "hash" = encode(sha256(convert_to(${record}, 'UTF8')), 'hex')`
}

await eachStore('Verifying', () => {
  afterEach(() => tamper(`TRUNCATE "Body", "User" CASCADE`))

  test('looks at every row and finds nothing wrong where nothing is', async () => {
    await sent()
    const rows = await verified()
    const count = (kind: Checked['kind']) => rows.filter((row) => row.kind === kind).length
    expect(
      ['document', 'version', 'annex', 'approval', 'edition'].map((kind) => count(kind as Checked['kind'])),
    ).toEqual([2, 6, 1, 2, 1])
    expect(await defects()).toEqual([])
  })

  test.each([
    [
      'a flipped byte of the log',
      `UPDATE "DocumentUpdate" SET "data" = set_byte("data", 30, 7)`,
      'document damaged',
    ],
    ['a log that is gone', `DELETE FROM "DocumentUpdate"`, 'document damaged'],
    ['a shown word', `UPDATE "Item" SET "contentHash" = 'x'`, 'document projection-differs'],
    ['another public title', `UPDATE "Item" SET "visibility" = 'closed'`, 'document projection-differs'],
    [
      'a flipped byte of a version',
      `UPDATE "Version" SET "state" = set_byte("state", 30, 7)`,
      'version damaged',
    ],
    [
      'a word of a version',
      `UPDATE "Version" SET "content" = jsonb_set("content", '{title}', '"Andet"')`,
      'version hash-differs',
    ],
    ['an annex', `UPDATE "AnnexFile" SET "data" = set_byte("data", 3, 7)`, 'annex hash-differs'],
    ['an approval of other words', `UPDATE "Approval" SET "contentHash" = 'x'`, 'approval hash-differs'],
    ['another place of an edition', resealed('Edition', 'Viborg', 'Skive'), 'edition hash-differs'],
    ['a word of an item that was sent', resealed('EditionItem', 'Prøvesag', 'Andet'), 'edition hash-differs'],
    ['an item left out', `DELETE FROM "EditionItem" WHERE "position" = 1`, 'edition unreadable'],
  ])('finds %s', async (_what, statement, found) => {
    await sent()
    await tamper(statement)
    expect(new Set(await defects())).toEqual(new Set([found]))
  })

  test('a document of another generation has the same words, no history to merge into, and verifies', async () => {
    const { item } = await sent()
    await compact(db(), item.documentId, condenseLog)
    expect(await renewDocuments()).toEqual({ renewed: 2, damaged: [] })
    const row = await db().item.findUniqueOrThrow({ where: { id: item.id } })
    expect(row).toMatchObject({ generation: 2, title: item.content.title })
    expect(await defects()).toEqual([])
    expect(await db().auditEvent.count({ where: { act: 'document-renewed' } })).toBe(2)
  })

  test('a damaged document stays as it is, and the others are renewed', async () => {
    const { item } = await sent()
    await tamper(`DELETE FROM "DocumentUpdate" WHERE "documentId" = '${item.documentId}'`)
    expect(await renewDocuments()).toEqual({ renewed: 1, damaged: [item.id] })
  })
})
