import { checkEqual, settled, Violation } from '../checker.ts'
import type { Fault, Figures, Scene } from '../fault.ts'
import type { Site } from '../site.ts'
import { keepTyping, pause, quantile } from '../typing.ts'

const longestLoop = 250

/** Fault 3: the database is slow, or has no connection to spare. */
export const slow: Fault = {
  name: 'slow',
  number: 3,
  about:
    'Each answer of the database takes seconds, or it takes one connection only: saved late, the loop stays free, nothing piles up.',
  stores: ['postgresql'],
  short: { times: 1, seconds: 3, latency: 1000 },
  long: { times: 1, seconds: 30, latency: 5000 },
  run,
}

async function run({ open, scale }: Scene): Promise<Figures> {
  const { seconds = 30, latency = 5000 } = scale
  const site = await open()
  return { ...(await answerLate(site, { seconds, latency })), ...(await crowdOneConnection(site, seconds)) }
}

async function answerLate(
  site: Site,
  { seconds, latency }: { seconds: number; latency: number },
): Promise<Figures> {
  const { id } = await site.item()
  const typists = [0, 1, 2].map(() => site.typist(id).come())
  await settled(typists)
  await site.figures()
  site.link?.slow(latency / 2)
  const typing = keepTyping(typists, { below: site.below, every: 20 })
  await pause(seconds * 1000)
  const late = typists.flatMap(({ delays }) => delays)
  typing.stop()
  site.link?.slow(0)
  const began = performance.now()
  await settled(typists)
  const saved = Math.round(performance.now() - began)
  const { loop } = await site.figures()
  checkEqual(await site.stored(id), typists)
  if (late.length === 0) throw new Violation('Nothing was saved while the database was slow', {})
  if (loop.p99 > longestLoop) throw new Violation('The loop was held up', loop)
  for (const typist of typists) typist.close()
  return {
    'latency ms': latency,
    'median edit to acknowledgement ms': Math.round(quantile(late, 0.5)),
    'saved ms after it was quick again': saved,
    'loop p99 ms': Math.round(loop.p99),
  }
}

async function crowdOneConnection(site: Site, seconds: number): Promise<Figures> {
  await site.server.stop()
  site.connections = 1
  await site.start()
  const items = await Promise.all([0, 1, 2, 3, 4].map(() => site.item()))
  const rooms = items.map(({ id }) => ({ id, typists: [0, 1, 2].map(() => site.typist(id).come()) }))
  const typists = rooms.flatMap((room) => room.typists)
  await Promise.all(typists.map((typist) => typist.until((one) => one.isConnected)))
  const typing = keepTyping(typists, { below: site.below, every: 5 })
  await pause(seconds * 1000)
  typing.stop()
  for (const room of rooms) {
    await settled(room.typists)
    checkEqual(await site.stored(room.id), room.typists)
  }
  const { loop } = await site.figures()
  if (loop.p99 > longestLoop) throw new Violation('The loop was held up', loop)
  const turnedAway = typists.reduce((sum, { closes }) => sum + closes.length, 0)
  if (turnedAway > 0) throw new Violation('People were turned away', { turnedAway })
  const words = typists.reduce((sum, { sent }) => sum + sent.length, 0)
  return { 'words over one connection': words }
}
