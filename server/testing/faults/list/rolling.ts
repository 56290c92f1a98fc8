import { closeCodes } from '@/lib/sync/close-codes.ts'
import { checkEqual, settled, Violation } from '../checker.ts'
import type { Fault, Figures, Scene } from '../fault.ts'
import { keepTyping, pause, quantile } from '../typing.ts'

const perDocument = 5
const longestMedian = 3000

/** Fault 21: the process is replaced while people type. */
export const rolling: Fault = {
  name: 'rolling',
  number: 21,
  about:
    'The process stops in order and the next takes its place, again and again, under people who type: nothing lost, all closed with 1012, median gap at most 3 s.',
  stores: ['postgresql'],
  short: { times: 2, typists: 10 },
  long: { times: 20, typists: 200 },
  run,
}

async function run({ open, scale, say }: Scene): Promise<Figures> {
  const site = await open({}, { standsBy: true })
  const rooms = await Promise.all(
    Array.from({ length: Math.ceil((scale.typists ?? 10) / perDocument) }, async () => {
      const { id } = await site.item()
      // As y-websocket: a fifth of a second, and not all at once.
      return {
        id,
        typists: Array.from({ length: perDocument }, () => site.typist(id, { patience: 200 }).come()),
      }
    }),
  )
  const typists = rooms.flatMap((room) => room.typists)
  await Promise.all(rooms.map((room) => settled(room.typists)))
  const typing = keepTyping(typists, { below: site.below, every: 10 })
  for (let at = 0; at < scale.times; at++) {
    await pause(500)
    const { server } = site
    const code = await site.roll()
    if (code !== 0)
      throw new Violation('The process did not stop in order', { code, log: server.log.slice(-500) })
    await Promise.all(typists.map((typist) => typist.until((one) => one.isConnected)))
    say(
      `restart ${at + 1}: median gap ${Math.round(
        quantile(
          typists.flatMap(({ gaps }) => gaps.slice(-1)),
          0.5,
        ),
      )} ms`,
    )
  }
  typing.stop()
  for (const room of rooms) {
    await settled(room.typists)
    checkEqual(await site.stored(room.id), room.typists)
  }
  const gaps = typists.flatMap((typist) => typist.gaps)
  const codes = new Set(typists.flatMap(({ closes }) => closes))
  // 1006: nobody listens yet when they come back.
  for (const code of codes) {
    if (code !== closeCodes.restart && code !== 1006)
      throw new Violation('Closed with another code', { code })
  }
  const median = Math.round(quantile(gaps, 0.5))
  if (median > longestMedian) throw new Violation('The gap was too long', { median })
  return {
    restarts: scale.times,
    typists: typists.length,
    words: typists.reduce((sum, { sent }) => sum + sent.length, 0),
    lost: 0,
    'gap median ms': median,
    'gap p99 ms': Math.round(quantile(gaps, 0.99)),
  }
}
