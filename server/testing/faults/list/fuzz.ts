import * as Y from 'yjs'
import { fieldFragment, metaMap } from '@/lib/agenda/doc.ts'
import { type Chance, chance } from '../../chance.ts'
import { checkDurable, checkEqual, settled, Violation } from '../checker.ts'
import type { Fault, Figures, Scene } from '../fault.ts'
import type { Site } from '../site.ts'
import { pause } from '../typing.ts'
import type { Typist } from '../typist.ts'
import { placesOf, textsOf } from '../words.ts'

/** So many seeds run beside each other, each in a document of its own, and share the restarts. */
const beside = 8
const clients = 5

/** Chance decides who writes, formats, deletes, loses the network, and when the server or its database goes. */
export const fuzz: Fault = {
  name: 'fuzz',
  number: 1,
  about: 'Five clients do what chance says, through partitions, restarts and kills: all documents end equal.',
  stores: ['postgresql'],
  short: { times: 4, operations: 250 },
  long: { times: 200, operations: 2000 },
  run,
}

type Play = { seed: number; itemId: string; typists: Typist[]; below: Chance }

async function run({ open, scale, seed, say }: Scene): Promise<Figures> {
  const { times, operations = 2000 } = scale
  const site = await open({ keepFor: 50, compactAfter: 50, maxFramesPerSecond: 100_000 }, { standsBy: true })
  const disturbed: Record<string, number> = { restarts: 0, kills: 0, cuts: 0 }
  let words = 0
  let partitions = 0
  for (let from = 0; from < times; from += beside) {
    const seeds = Array.from({ length: Math.min(beside, times - from) }, (_, at) => seed + from + at)
    const plays = await Promise.all(seeds.map((own) => prepare(site, own)))
    let isPlaying = true
    const disturbing = disturb(site, { below: chance(seed + from), done: () => !isPlaying, disturbed })
    await Promise.all(plays.map((play) => playOut(play, operations)))
    isPlaying = false
    await disturbing
    for (const play of plays) {
      await judge(site, play)
      words += play.typists.reduce((sum, { sent }) => sum + sent.length, 0)
      partitions += play.typists.reduce((sum, { gaps }) => sum + gaps.length, 0)
    }
    if ((from / beside) % 5 === 4) say(`${from + beside} seeds`)
  }
  return { seeds: times, operations: times * operations, words, partitions, ...disturbed, divergences: 0 }
}

async function prepare(site: Site, seed: number): Promise<Play> {
  const { id } = await site.item()
  const typists = Array.from({ length: clients }, (_, at) =>
    site.typist(id, { name: `s${seed}-${at}` }).come(),
  )
  await settled(typists)
  return { seed, itemId: id, typists, below: chance(seed) }
}

async function playOut({ typists, below }: Play, operations: number): Promise<void> {
  const away = new Set<Typist>()
  for (let at = 0; at < operations; at++) {
    const typist = typists[below(typists.length)]
    if (typist) act(typist, { below, away })
    if (below(4) === 0) await pause(below(6))
  }
  for (const typist of typists) typist.come()
}

function act(typist: Typist, { below, away }: { below: Chance; away: Set<Typist> }): void {
  const dice = below(100)
  if (dice < 50) typist.write()
  else if (dice < 65) typist.remove()
  else if (dice < 75) typist.change((doc) => emphasise(doc, below))
  else if (dice < 80) typist.change((doc) => metaMap(doc).set('caseNumber', `SAG-${below(1000)}`))
  else if (dice < 84) typist.change((doc) => addParagraph(doc, below))
  else if (dice < 90) {
    away.add(typist)
    typist.leave()
  } else if (away.delete(typist)) typist.come()
}

function emphasise(doc: Y.Doc, below: Chance): void {
  const texts = textsOf(doc)
  const text = texts[below(texts.length)]
  const places = text ? placesOf(text) : []
  const place = places[below(places.length || 1)]
  if (text && place) text.format(place.at, place.word.length, { bold: below(2) === 0 ? {} : null })
}

function addParagraph(doc: Y.Doc, below: Chance): void {
  const field = fieldFragment(doc, 'background')
  if (field.length > 12) return
  const paragraph = new Y.XmlElement('paragraph')
  paragraph.insert(0, [new Y.XmlText('Og: ')])
  field.insert(below(field.length + 1), [paragraph])
}

type Nemesis = { below: Chance; done: () => boolean; disturbed: Record<string, number> }

/** Restarts and kills the server, and cuts it off from the database, until the play is over. */
async function disturb(site: Site, { below, done, disturbed }: Nemesis): Promise<void> {
  for (;;) {
    await pause(200 + below(1000))
    if (done()) return
    const what = ['restarts', 'kills', 'cuts'][below(3)] ?? 'kills'
    disturbed[what] = (disturbed[what] ?? 0) + 1
    if (what === 'cuts') {
      site.link?.cut()
      await pause(below(600))
      site.link?.mend()
    } else {
      if (what === 'kills') await site.kill()
      else await site.server.stop()
      await site.start()
    }
  }
}

async function judge(site: Site, { seed, itemId, typists }: Play): Promise<void> {
  try {
    await settled(typists)
    const stored = await site.stored(itemId)
    checkDurable(stored, typists)
    checkEqual(stored, typists)
  } catch (error) {
    throw new Violation(`Seed ${seed}`, error instanceof Error ? error.message : String(error))
  }
  for (const typist of typists) typist.close()
}
