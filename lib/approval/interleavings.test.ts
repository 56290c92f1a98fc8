import { randomUUID } from 'node:crypto'
import fc from 'fast-check'
import { expect, test } from 'vitest'
import * as Y from 'yjs'
import { readState, titleFragment } from '@/lib/agenda/doc.ts'
import { append, project, readDocument } from '@/lib/agenda/doc-store.ts'
import { contentHash } from '@/lib/agenda/hash.ts'
import { restoreVersion } from '@/lib/agenda/restore-service.ts'
import { contentSchema, frameSchema } from '@/lib/agenda/schema.ts'
import { db, transaction } from '@/lib/db.ts'
import { AppError } from '@/lib/errors.ts'
import type { Actor } from '@/lib/identity/schema.ts'
import { eachStore } from '@/prisma/testing/each-store.ts'
import { createActor, createAgenda } from '@/prisma/testing/factories.ts'
import { endStandIn, setStandIn } from './rule-service.ts'
import { approve, loadApprovals, returnItem, submit, withdraw } from './service.ts'

/*
 * People write, approve, return, take back, send and go back at the same moment, round after round, some with old words
 * before their eyes and some pressing twice. After every round what is kept and what is shown is held against the log.
 * `INTERLEAVINGS=10000 npx vitest run lib/approval/interleavings.test.ts` for the long form; `SEED` repeats one.
 */

const rounds = Number(process.env.INTERLEAVINGS ?? 20)
const seed = Number(process.env.SEED ?? 20_190_820)
const roundsPerItem = 20

const titles = ['Kultur', 'Kulturen', 'Kunst og kultur']

type Decide = { kind: 'approve' | 'return' | 'withdraw'; isTwice: boolean; isLate: boolean }
type Write = { kind: 'write'; title: string } | { kind: 'submit' } | { kind: 'restore'; at: number }
type Round = {
  chair: Decide | null
  vice: Decide | null
  secretary: Write | null
  other: Write | null
  /** The vice-chair begins to stand in for the chair, or no longer does. */
  standIn: boolean | null
}

const decide = fc.record({
  kind: fc.constantFrom('approve' as const, 'approve' as const, 'return' as const, 'withdraw' as const),
  isTwice: fc.boolean(),
  isLate: fc.boolean(),
})
const write = fc.oneof(
  fc.record({ kind: fc.constant('write' as const), title: fc.constantFrom(...titles) }),
  fc.record({ kind: fc.constant('submit' as const) }),
  fc.record({ kind: fc.constant('restore' as const), at: fc.nat(100) }),
)
const round: fc.Arbitrary<Round> = fc.record({
  chair: fc.option(decide),
  vice: fc.option(decide),
  secretary: fc.option(write),
  other: fc.option(write),
  standIn: fc.option(fc.boolean(), { freq: 2 }),
})

async function stage() {
  const { body, meeting, item } = await createAgenda({ content: { title: 'Kultur', kind: 'decision' } })
  const person = (data: Omit<Parameters<typeof createActor>[0], 'bodyId'>) =>
    createActor({ bodyId: body.id, ...data })
  return {
    bodyId: body.id,
    meetingId: meeting.id,
    itemId: item.id,
    secretary: await person({ role: 'secretariat' }),
    other: await person({ role: 'secretariat' }),
    chair: await person({ role: 'chair', position: 'chair' }),
    vice: await person({ role: 'chair', position: 'viceChair' }),
  }
}
type Stage = Awaited<ReturnType<typeof stage>>

/** What the log says, hashed anew; neither the projection nor the column is asked. */
async function present({ itemId }: Stage) {
  const row = await db().item.findUniqueOrThrow({ where: { id: itemId } })
  const kept = await readDocument(db(), { itemId, generation: row.generation })
  if (!kept) throw new Error('There is no document')
  const frame = { visibility: row.visibility, publicTitle: row.publicTitle, annexes: [] }
  return { ...kept, hash: contentHash(readState(kept.state), frame) }
}

async function writeTitle(made: Stage, userId: string, title: string): Promise<void> {
  const { documentId, state } = await present(made)
  const { generation } = await db().item.findUniqueOrThrow({ where: { id: made.itemId } })
  const doc = new Y.Doc()
  Y.applyUpdate(doc, state)
  const before = Y.encodeStateVector(doc)
  const words = (titleFragment(doc).get(0) as Y.XmlElement).get(0) as Y.XmlText
  words.delete(0, words.length)
  words.insert(0, title)
  const entry = {
    itemId: made.itemId,
    generation,
    documentId,
    data: Y.encodeStateAsUpdate(doc, before),
    userId,
  }
  await transaction((tx) => append(tx, [entry]))
  await transaction((tx) => project(tx, made.itemId))
}

// What a person may be told when somebody else was first.
const refusals = ['approval-not-submitted']

async function press(act: () => Promise<unknown>): Promise<void> {
  try {
    await act()
  } catch (error) {
    if (!(error instanceof AppError) || !refusals.includes(error.code)) throw error
  }
}

async function play(made: Stage, one: Round, seen: { old: string; now: string }, at: number) {
  const { itemId } = made
  const decideAs = async (actor: Actor, who: string, { kind, isTwice, isLate }: Decide) => {
    const wish = { itemId, seenHash: isLate ? seen.old : seen.now, requestId: randomUUID() }
    const once = () =>
      press(() => {
        if (kind === 'approve') return approve(actor, wish)
        if (kind === 'return') return returnItem(actor, { ...wish, reason: `${who} ${at}` })
        return withdraw(actor, { itemId })
      })
    await Promise.all(isTwice ? [once(), once()] : [once()])
  }
  const writeAs = async (actor: Actor, given: Write) => {
    if (given.kind === 'write') return writeTitle(made, actor.userId, given.title)
    if (given.kind === 'submit') return submit(actor, { meetingId: made.meetingId, itemIds: [itemId] })
    const versions = await db().version.findMany({ where: { itemId }, orderBy: { id: 'asc' } })
    const version = versions[given.at % Math.max(versions.length, 1)]
    return version ? restoreVersion(actor, { itemId, versionId: version.id }) : undefined
  }
  await Promise.all([
    one.chair && decideAs(made.chair, 'chair', one.chair),
    one.vice && decideAs(made.vice, 'vice', one.vice),
    one.secretary && writeAs(made.secretary, one.secretary),
    one.other && writeAs(made.other, one.other),
    one.standIn !== null && standIn(made, one.standIn),
  ])
}

function standIn({ secretary, bodyId }: Stage, isBegun: boolean): Promise<void> {
  const days = { from: '2019-01-01', until: '2099-12-31' }
  return isBegun
    ? setStandIn(secretary, { bodyId, reason: 'Ferie', ...days })
    : endStandIn(secretary, { bodyId })
}

/** What is shown as approved is what the log says, and what is kept as approved is what the version says. */
async function expectBound(made: Stage): Promise<number> {
  const { hash } = await present(made)
  const [shown] = (await loadApprovals(made.secretary, made.meetingId)).items
  expect(shown?.contentHash).toBe(hash)
  const standing = (shown?.approvals ?? []).filter(({ verdict, stands }) => verdict === 'approved' && stands)
  for (const approval of standing) expect(approval.contentHash).toBe(hash)
  const seats = standing.flatMap(({ position, forChair }) => (forChair ? [position, 'chair'] : [position]))
  if (shown?.status === 'approved') expect(new Set(seats).size).toBe(2)
  const kept = await db().approval.findMany({
    where: { itemId: made.itemId },
    include: { version: true },
    orderBy: { createdAt: 'asc' },
  })
  const last = new Map<string, string>()
  for (const { userId, verdict, reason, version, standInId, contentHash: approved } of kept) {
    const words = contentHash(contentSchema.parse(version.content), frameSchema.parse(version.frame))
    expect([version.contentHash, words]).toEqual([approved, approved])
    // One press, also a double one, is one row: the same word twice in a row was never meant, unless for two seats now.
    const seated = standInId === null ? 'one seat' : 'two seats'
    const said = verdict === 'approved' ? `approved ${approved} for ${seated}` : `${verdict} ${reason}`
    expect(said).not.toBe(last.get(userId))
    last.set(userId, said)
  }
  return standing.length
}

await eachStore('Interleavings', () => {
  test(`of ${rounds} rounds none shows an approval of other words or makes two of one press`, async () => {
    const played = fc.sample(round, { seed, numRuns: rounds })
    let stood = 0
    for (let from = 0; from < played.length; from += roundsPerItem) {
      const made = await stage()
      await submit(made.secretary, { meetingId: made.meetingId, itemIds: [made.itemId] })
      let old = (await present(made)).hash
      for (const [at, one] of played.slice(from, from + roundsPerItem).entries()) {
        const { hash } = await present(made)
        await play(made, one, { old, now: hash }, at)
        old = hash
        stood += await expectBound(made)
      }
    }
    // Rounds in which nothing was ever approved would prove nothing.
    expect(stood).toBeGreaterThan(rounds / 10)
  }, 3_600_000)
})
