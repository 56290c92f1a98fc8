import { approve } from '@/lib/approval/service.ts'
import { db, setDatabase } from '@/lib/db.ts'
import { closeCodes } from '@/lib/sync/close-codes.ts'
import { createActor } from '@/prisma/testing/factories.ts'
import { checkDurable, checkEqual, settled, Violation } from '../checker.ts'
import type { Fault, Figures, Scene } from '../fault.ts'
import type { Site } from '../site.ts'
import { keepTyping, pause } from '../typing.ts'
import type { Typist } from '../typist.ts'
import { wordsOf } from '../words.ts'

/** How soon each person must know that what they write is not saved yet, and how soon all of it is saved again, in ms. */
const soonTold = 5000
const soonSaved = 10_000

/** Fault 2: the database is away. */
export const away: Fault = {
  name: 'away',
  number: 2,
  about:
    'The database is away, cut off or silent, while people type, leave and come: told within 5 s, nothing shown as saved, no empty document, no approval, all saved within 10 s of its return.',
  stores: ['postgresql'],
  short: { times: 1, seconds: 4 },
  long: { times: 3, seconds: 30 },
  run,
}

type Measured = { told: number; saved: number; words: number }

async function run({ open, scale, say }: Scene): Promise<Figures> {
  const { times, seconds = 30 } = scale
  const site = await open({ keepFor: 100 })
  const all: Measured[] = []
  for (let at = 0; at < times * 2; at++) {
    const manner = at % 2 === 0 ? 'cut' : 'silence'
    const measured = await goAway(site, manner, seconds * 1000)
    say(`${manner}: told after ${measured.told} ms, all saved ${measured.saved} ms after the return`)
    all.push(measured)
  }
  return {
    outages: all.length,
    'seconds each': seconds,
    'told after ms, at most': Math.max(...all.map(({ told }) => told)),
    'saved after ms, at most': Math.max(...all.map(({ saved }) => saved)),
    'words written meanwhile': all.reduce((sum, { words }) => sum + words, 0),
    'false "saved"': 0,
    'empty documents': 0,
    approvals: 0,
  }
}

async function goAway(site: Site, manner: 'cut' | 'silence', ms: number): Promise<Measured> {
  const [busy, left, unopened] = [await site.item(), await site.item(), await site.item()]
  const typists = [0, 1, 2].map(() => site.typist(busy.id).come())
  const leaver = site.typist(left.id).come()
  await Promise.all([settled(typists), settled([leaver])])
  const typing = keepTyping(typists, { below: site.below, every: 40 })
  await pause(300)

  site.link?.[manner]()
  const wentAt = performance.now()
  const lastWord = leaver.write()
  const newcomer = site.typist(unopened.id, { patience: 200 }).come()
  const refusal = approveMeanwhile(site, busy.id)
  const told = await allTold([...typists, leaver], wentAt)
  leaver.leave()
  await pause(Math.max(0, wentAt + ms - performance.now()))
  // Looked at past the wire: what is acknowledged is there, and nothing that was written since is either.
  checkDurable(await site.stored(busy.id), typists)
  checkUnopened(newcomer)
  await refusal

  site.link?.mend()
  const cameAt = performance.now()
  typing.stop()
  await settled(typists)
  const saved = Math.round(performance.now() - cameAt)
  if (saved > soonSaved) throw new Violation('Saved too late after the return', { saved })
  checkEqual(await site.stored(busy.id), typists)
  await checkLeft(site, left.id, lastWord)
  await newcomer.until((one) => one.isConnected)
  newcomer.write()
  await settled([newcomer])
  checkEqual(await site.stored(unopened.id), [newcomer])
  const words = typists.reduce((sum, { sent }) => sum + sent.length, 0)
  for (const typist of [...typists, newcomer]) typist.close()
  return { told, saved, words }
}

async function allTold(typists: Typist[], wentAt: number): Promise<number> {
  const isTold = ({ state }: Typist) => state.status === 'failing'
  await Promise.all(typists.map((typist) => typist.until(isTold, soonTold + 2000, 'to be told')))
  const told = Math.round(performance.now() - wentAt)
  if (told > soonTold) throw new Violation('Told too late that nothing is saved', { told })
  return told
}

// Who comes to a document that can't be read gets none, rather than an empty one.
function checkUnopened({ closes, doc, isConnected }: Typist): void {
  const isEmpty = doc.store.clients.size === 0
  if (isConnected || !isEmpty) throw new Violation('A document was opened without the database', {})
  const others = closes.filter((code) => code !== closeCodes.tryAgain)
  if (others.length > 0) throw new Violation('Refused for another reason than "try again"', { others })
}

async function approveMeanwhile(site: Site, itemId: string): Promise<void> {
  const chair = await createActor({ bodyId: site.agenda.body.id, role: 'chair', position: 'chair' })
  const item = await db().item.findUniqueOrThrow({ where: { id: itemId } })
  const own = site.database
  const cutOff = site.throughLink()
  setDatabase(cutOff)
  const attempt = approve(chair, { itemId, seenHash: item.contentHash }).then(
    () => 'approved',
    () => 'refused',
  )
  // The service took hold of the database in its first step.
  setDatabase(own)
  const answer = await attempt
  await cutOff.close().catch(() => undefined)
  const approvals = await db().approval.count({ where: { itemId } })
  if (answer !== 'refused' || approvals > 0) throw new Violation('Approved while the database was away', {})
}

async function checkLeft(site: Site, itemId: string, lastWord: string): Promise<void> {
  const reader = site.typist(itemId).come()
  await reader.until((one) => one.isConnected)
  if (wordsOf(reader.doc).get(lastWord) !== 1)
    throw new Violation('Who left lost their last word', { lastWord })
  checkDurable(await site.stored(itemId), [reader])
  reader.close()
}
