import { messageTypes } from '@/lib/sync/messages.ts'
import { writePresence } from '../../../protocol.ts'
import { RawClient } from '../../raw-client.ts'
import { checkEqual, settled, Violation } from '../checker.ts'
import type { Fault, Figures, Scene } from '../fault.ts'
import type { Site } from '../site.ts'
import { pause } from '../typing.ts'
import { Wire } from '../wire.ts'

/** Fault 10: the network is gone and neither end is told. */
export const halfOpen: Fault = {
  name: 'half-open',
  number: 10,
  about:
    'The network between a client and the server falls silent without a FIN: closed, and its presence gone, within 45 s.',
  stores: ['postgresql'],
  // In the short form the server asks for signs of life fifty times as often.
  short: { times: 3, share: 50 },
  long: { times: 2, share: 1 },
  run,
}

async function run({ open, scale }: Scene): Promise<Figures> {
  const share = scale.share ?? 1
  const site = await open({ pingEvery: 15_000 / share, silence: 30_000 / share })
  const took: number[] = []
  for (let at = 0; at < scale.times; at++) took.push(await fallSilent(site, at, 45_000 / share))
  return { 'half-open': took.length, 'gone after ms, at most': Math.max(...took), 'limit ms': 45_000 / share }
}

async function fallSilent(site: Site, at: number, limit: number): Promise<number> {
  const { id } = await site.item()
  const wire = await Wire.to({ host: '127.0.0.1', port: site.port })
  const headers = { ...site.headers(at), Origin: `http://127.0.0.1:${wire.port}` }
  const gone = new RawClient(`ws://127.0.0.1:${wire.port}/sync/item/${id}`, headers)
  const stays = new RawClient(`${site.url}/item/${id}`, site.headers(at + 1))
  const typist = site.typist(id).come()
  await Promise.all([gone.opened(), stays.opened(), settled([typist])])
  gone.send(writePresence([{ clientId: 4711, clock: 1, state: '{"item":null}' }]))
  await stays.frame((frame) => isPresence(frame) && Buffer.from(frame).includes('{'))
  // The sockets' counts are the process's: the one that goes is found by the difference.
  const before = (await site.figures()).connections
  wire.silence()
  const began = performance.now()
  typist.write()
  await stays.frame((frame) => isPresence(frame) && isGone(frame))
  const took = Math.round(performance.now() - began)
  while ((await site.figures()).connections >= before) {
    if (performance.now() - began > limit + 3000)
      throw new Violation('The half-open socket was kept', { before })
    await pause(5)
  }
  // Timers of a busy machine come late.
  if (took > limit + 500) throw new Violation('Presence outlived its socket', { took, limit })
  await settled([typist])
  checkEqual(await site.stored(id), [typist])
  stays.close()
  typist.close()
  gone.close()
  await wire.close()
  return took
}

function isPresence([type]: Uint8Array): boolean {
  return type === messageTypes.awareness
}

// Who has left is told of with `null` in place of an object.
function isGone(frame: Uint8Array): boolean {
  return Buffer.from(frame).includes('null') && !Buffer.from(frame).includes('{')
}
