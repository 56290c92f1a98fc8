import type { Chance } from '../../chance.ts'
import { checkDurable, checkEqual, settled, Violation } from '../checker.ts'
import type { Fault, Figures, Scene } from '../fault.ts'
import type { Site } from '../site.ts'
import { keepTyping, pause } from '../typing.ts'
import type { Typist } from '../typist.ts'
import type { Line, Wire } from '../wire.ts'
import { sayingsOf } from '../words.ts'

/*
 * The process is killed while people type. The wire to the database sees the statements go by, so it can kill at the
 * very moment before one arrives, in the middle of it, and between its commit and the answer; nothing in the product
 * knows of it.
 */

type Moment = 'before' | 'half' | 'answered' | 'passed'

type Point = { name: string; moment: Moment; isMeant: (said: string) => boolean }

const insert = (said: string) => said.includes('append_updates')
const compaction = (said: string) => said.includes('compact_document')
const projection = (said: string) => said.includes('UPDATE "public"."Item"')

const points: Point[] = [
  { name: 'before-insert', moment: 'before', isMeant: insert },
  { name: 'half-insert', moment: 'half', isMeant: insert },
  { name: 'after-insert', moment: 'answered', isMeant: insert },
  { name: 'before-ack', moment: 'passed', isMeant: insert },
  { name: 'before-compaction', moment: 'before', isMeant: compaction },
  { name: 'half-compaction', moment: 'half', isMeant: compaction },
  { name: 'compaction-committed', moment: 'answered', isMeant: compaction },
  { name: 'projection', moment: 'half', isMeant: projection },
]

const documents = 4
const perDocument = 2
/** After so many kills people go on in fresh documents, as an agenda does. */
const freshAfter = 40

type Open = { itemId: string; typists: Typist[] }

/** Fault 1: the process is killed in the middle of its work. */
export const kill: Fault = {
  name: 'kill',
  number: 1,
  about: 'kill -9 at random moments and named points: nothing acknowledged is lost, every document opens.',
  stores: ['embedded', 'postgresql'],
  short: { times: 8, longestWait: 1500 },
  // Long enough for a projection, which waits while many people type.
  long: { times: 1000, longestWait: 4000 },
  run,
}

async function run({ open, scale, store, say }: Scene): Promise<Figures> {
  // On the embedded store a start takes as long as several kills on PostgreSQL.
  const { longestWait = 1500 } = scale
  const times = store === 'embedded' ? Math.ceil(scale.times / 10) : scale.times
  const site = await open({ compactAfter: 12, keepFor: 200 }, { standsBy: true })
  const hits: Record<string, number> = {}
  const begun: number[] = []
  let opened: Open[] = []
  let words = 0
  for (let at = 0; at < times; at++) {
    if (at % freshAfter === 0) opened = await openFresh(site, opened)
    const began = performance.now()
    const hit = await killOnce(site, opened, { at, longestWait })
    hits[hit] = (hits[hit] ?? 0) + 1
    begun.push(performance.now() - began)
    words = opened
      .flatMap(({ typists }) => typists)
      .reduce((sum, { acknowledged }) => sum + acknowledged.size, 0)
    if ((at + 1) % 100 === 0)
      say(`${at + 1} kills, ${Math.round(begun.reduce((a, b) => a + b) / begun.length)} ms each`)
  }
  await checkAllOpen(site)
  return { kills: times, lost: 0, unopenable: 0, 'words in the last documents': words, ...hits }
}

async function openFresh(site: Site, before: Open[]): Promise<Open[]> {
  for (const { typists } of before) for (const typist of typists) typist.close()
  return Promise.all(
    Array.from({ length: documents }, async () => {
      const { id } = await site.item()
      const typists = Array.from({ length: perDocument }, () => site.typist(id).come())
      await settled(typists)
      return { itemId: id, typists }
    }),
  )
}

type When = { at: number; longestWait: number }

async function killOnce(site: Site, opened: Open[], when: When): Promise<string> {
  const { below } = site
  const typists = opened.flatMap((one) => one.typists)
  const typing = keepTyping(typists, { below, every: 1 + below(6) })
  const hit = await strike(site, typists, when)
  await site.server.ended()
  typing.stop()
  // They stay away until the database was looked at: what they hold must not mend what is lost.
  for (const typist of typists) typist.leave()
  if (site.store === 'postgresql') await checkStored(site, opened)
  await site.start()
  if (site.store === 'embedded') await checkStored(site, opened)
  for (const typist of typists) typist.come()
  await Promise.all(opened.map((one) => settled(one.typists)))
  for (const { itemId, typists: ours } of opened) checkEqual(await site.stored(itemId), ours)
  return hit
}

async function checkStored(site: Site, opened: Open[]): Promise<void> {
  for (const { itemId, typists } of opened) checkDurable(await site.stored(itemId), typists)
}

/** Kills the server at each of the points in turn, and then as often at a random moment. */
async function strike(site: Site, typists: Typist[], { at, longestWait }: When): Promise<string> {
  const { below, link } = site
  const point = points[at % (points.length * 2)]
  // Where no wire is, what clients see says when.
  if (!point || (!link && below(2) === 0)) {
    await pause(below(250))
    site.server.kill()
    return 'random'
  }
  if (!link) return strikeSeen(site, typists, below)
  const isHit = await strikeAt(link, { point, longestWait }, () => site.server.kill())
  if (!isHit) site.server.kill()
  return isHit ? point.name : 'random'
}

/** Where no wire is: when a word is seen by another, and so not yet saved, or when it is acknowledged. */
async function strikeSeen(site: Site, typists: Typist[], below: Chance): Promise<string> {
  await pause(below(100))
  const [one] = typists
  const isRelay = below(2) === 0
  const { heard, acknowledged } = one ?? { heard: 0, acknowledged: new Set() }
  const before = acknowledged.size
  await one?.until((typist) => (isRelay ? typist.heard > heard : typist.acknowledged.size > before))
  site.server.kill()
  return isRelay ? 'relayed' : 'acknowledged'
}

type Aim = { point: Point; longestWait: number }

function strikeAt(link: Wire, { point, longestWait }: Aim, act: () => void): Promise<boolean> {
  const { moment, isMeant } = point
  return new Promise((resolve) => {
    let meant: Line | null = null
    let isDone = false
    const done = (isHit: boolean) => {
      isDone = true
      clearTimeout(timer)
      link.watch({})
      resolve(isHit)
    }
    const hit = () => {
      act()
      done(true)
    }
    const timer = setTimeout(() => done(false), longestWait)
    link.watch({
      up: (bytes, line) => {
        if (isDone) return null
        if (meant || !isMeant(bytes.toString('latin1'))) return bytes
        meant = line
        if (moment === 'before' || moment === 'half') setImmediate(hit)
        return moment === 'before' ? null : moment === 'half' ? bytes.subarray(0, bytes.length >> 1) : bytes
      },
      down: (bytes, line) => {
        if (isDone) return null
        if (line !== meant) return bytes
        if (moment === 'answered') {
          hit()
          return null
        }
        if (moment === 'passed') setImmediate(hit)
        return bytes
      },
    })
  })
}

/** Each document that was written in opens for somebody who comes anew. */
async function checkAllOpen(site: Site): Promise<void> {
  for (const itemId of await site.itemIds()) {
    const reader = site.typist(itemId, { name: 'reader' }).come()
    await reader.until((one) => one.isConnected)
    const [kept, seen] = [sayingsOf(await site.stored(itemId)), sayingsOf(reader.doc)]
    if (kept !== seen) throw new Violation('A document opens as another', { itemId })
    reader.leave()
  }
}
