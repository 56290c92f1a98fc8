import { db } from '@/lib/db.ts'
import { signal } from '@/lib/signals.ts'
import { closeCodes } from '@/lib/sync/close-codes.ts'
import { checkEqual, settled, Violation } from '../checker.ts'
import type { Fault, Figures, Scene } from '../fault.ts'
import type { Site } from '../site.ts'
import { keepTyping, pause, quantile } from '../typing.ts'
import type { Typist } from '../typist.ts'
import type { Line, Wire } from '../wire.ts'

/** How soon a right that was taken away is gone, in ms: while signals are not heard, and once they are again. */
const soonUnheard = 5000
const soonHeard = 1000

/** What happens to the connection that signals come by. */
const manners: Record<string, (link: Wire, site: Site) => void | Promise<void>> = {
  cut: (link) => {
    // Who listens anew gets no answer.
    link.watch({ up: (bytes, line) => (line.isEar ? null : bytes) })
    for (const ear of earsOf(link)) ear.cut()
  },
  silent: (link) => {
    link.watch({ up: (bytes, line) => (line.isEar ? null : bytes) })
    for (const ear of earsOf(link)) ear.silence()
  },
  garbled: (link) => link.watch({ down: (bytes, line) => (line.isEar ? garble(bytes) : bytes) }),
  ended: async () => {
    await db().$queryRaw`
      SELECT pg_terminate_backend(pid) FROM pg_stat_activity
      WHERE datname = current_database() AND pid <> pg_backend_pid() AND query ILIKE 'LISTEN%'`
  },
}

/** Fault 4: signals are not heard. They go by NOTIFY, so it is that connection that is cut, silent, garbled or ended. */
export const signals: Fault = {
  name: 'signals',
  number: 4,
  about:
    'The connection that signals come by (NOTIFY) is cut, silent, garbled or ended by the database: typing goes on, and a right taken away unheard is gone within 5 s.',
  stores: ['postgresql'],
  short: { times: 1 },
  long: { times: 10 },
  run,
}

async function run({ open, scale }: Scene): Promise<Figures> {
  const site = await open()
  const { id } = await site.item()
  const typists = [0, 1].map(() => site.typist(id).come())
  await settled(typists)
  const typing = keepTyping(typists, { below: site.below, every: 20 })
  const unheard: number[] = []
  const heard: number[] = []
  let losers = 0
  for (let times = 0; times < scale.times; times++) {
    for (const [name, bring] of Object.entries(manners)) {
      if (site.link) await bring(site.link, site)
      const lost = await timeOfRevocation(site, id, nth(losers++))
      if (lost > soonUnheard) throw new Violation('A right outlived its end', { name, lost })
      unheard.push(lost)
      site.link?.watch({})
      for (const ear of earsOf(site.link)) ear.cut()
      heard.push(await timeOnceHeard(site, id, nth(losers++)))
    }
  }
  typing.stop()
  await settled(typists)
  checkEqual(await site.stored(id), typists)
  checkUndisturbed(typists)
  return {
    faults: unheard.length,
    'revoked unheard after ms, at most': Math.max(...unheard),
    'revoked once heard after ms, at most': Math.max(...heard),
    'edit to acknowledgement p99 ms': Math.round(
      quantile(
        typists.flatMap(({ delays }) => delays),
        0.99,
      ),
    ),
  }
}

function earsOf(link: Wire | null): Line[] {
  return link?.lines.filter(({ isEar }) => isEar) ?? []
}

function garble(bytes: Buffer): Buffer {
  return bytes.map((byte, at) => (at % 3 === 0 ? byte ^ 0x55 : byte)) as Buffer
}

/** Whose turn it is to lose a right: each time another's, and never that of those who type. */
function nth(loser: number): number {
  return 10 + (loser % 10)
}

// Those who type are not concerned, and must not have been thrown out.
function checkUndisturbed(typists: Typist[]): void {
  const closes = typists.flatMap((typist) => typist.closes)
  if (closes.length > 0) throw new Violation('Those who type were thrown out', { closes })
}

async function timeOfRevocation(site: Site, itemId: string, at: number): Promise<number> {
  const member = site.typist(itemId, { as: at }).come()
  await settled([member])
  const { userId } = site.person(at)
  await db().membership.deleteMany({ where: { userId } })
  await signal(db(), { kind: 'user-rights-changed', userId })
  const began = performance.now()
  await member.until((one) => one.refusal !== null)
  const passed = Math.round(performance.now() - began)
  if (member.refusal !== closeCodes.refused) throw new Violation('Refused with another code', member.closes)
  await db().membership.create({
    data: { userId, bodyId: site.agenda.body.id, role: 'secretariat', termFrom: new Date('2018-01-01') },
  })
  return passed
}

/** The server listens again by itself; from then on a right is gone at once. */
async function timeOnceHeard(site: Site, itemId: string, at: number): Promise<number> {
  const deadline = performance.now() + 15_000
  for (;;) {
    const passed = await timeOfRevocation(site, itemId, at)
    if (passed <= soonHeard) return passed
    if (performance.now() > deadline) throw new Violation('The server never listened again', { passed })
    await pause(200)
  }
}
