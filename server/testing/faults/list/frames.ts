import * as Y from 'yjs'
import { writePresence, writeStep1, writeStep2, writeUpdate } from '../../../protocol.ts'
import type { Chance } from '../../chance.ts'
import { checkEqual, settled, Violation } from '../checker.ts'
import type { Fault, Figures, Scene } from '../fault.ts'
import { frameOf, greeting, type Head, RawSocket } from '../raw-socket.ts'
import type { Site } from '../site.ts'
import { answer, marker, storm } from '../storm.ts'
import { keepTyping, quantile } from '../typing.ts'

const beside = 40
const patience = 2000

/** Fault 14: malformed frames. */
export const frames: Fault = {
  name: 'frames',
  number: 14,
  about:
    'Mutated frames, half of them before sign-in, with every wrong head, length and content: each costs its own socket at most, the process and the room live.',
  stores: ['postgresql'],
  short: { times: 300 },
  long: { times: 100_000 },
  run,
}

async function run({ open, scale, say }: Scene): Promise<Figures> {
  const site = await open({ maxFramesPerSecond: 100_000 })
  const { id } = await site.item()
  const typists = [0, 1].map(() => site.typist(id).come())
  await settled(typists)
  const typing = keepTyping(typists, { below: site.below, every: 50 })
  const { pid } = site.server
  const outcomes = await storm(site, { times: scale.times, beside, send: (at) => sendOne(site, id, at), say })
  typing.stop()
  await settled(typists)
  checkEqual(await site.stored(id), typists)
  if (typists.some(({ closes }) => closes.length > 0)) throw new Violation('An honest client was closed', {})
  const { refusals } = await site.figures()
  const counted = Object.values(refusals).reduce((sum, count) => sum + count, 0)
  const newcomer = site.typist(id, { name: 'newcomer' }).come()
  await settled([...typists, newcomer])
  return {
    frames: scale.times,
    'before sign-in': Math.floor(scale.times / 2),
    crashes: Number(site.server.pid !== pid),
    ...outcomes,
    'refusals counted': counted,
    'honest edit to acknowledgement p99 ms': Math.round(
      quantile(
        typists.flatMap(({ delays }) => delays),
        0.99,
      ),
    ),
  }
}

/** One hostile frame on a socket of its own, and what came of it. */
async function sendOne(site: Site, itemId: string, at: number): Promise<string> {
  const { below, port } = site
  const isSignedIn = at % 2 === 1
  const headers = { Cookie: isSignedIn ? site.person(at).cookie : '', Origin: `http://127.0.0.1:${port}` }
  const settings = { port, path: `/sync/item/${itemId}`, headers, at }
  const raw = new RawSocket(settings)
  const greet = greeting(settings)
  // Before sign-in even the greeting may be hostile.
  const hello = !isSignedIn && below(3) === 0 ? mutate(greet, below) : greet
  await raw.write(Buffer.concat([hello, hostile(below), marker]))
  // Who says half a greeting would wait for the rest; that is another fault.
  if (hello !== greet) raw.socket.end()
  const outcome = await raw.outcome(answer, hello === greet ? patience : 200)
  raw.destroy()
  if (outcome === 'neither') return hello === greet ? 'left unanswered' : 'greeting never understood'
  if (outcome === 'told') return 'taken'
  return raw.code === null ? 'cut off' : `${raw.code}`
}

/** Some frame that no good client sends, or only just. */
function hostile(below: Chance): Buffer {
  const payload = below(2) === 0 ? mutate(Buffer.from(honest(below)), below) : Buffer.from(honest(below))
  switch (below(10)) {
    case 0:
      return frameOf(payload, { opcode: below(16) })
    case 1:
      return frameOf(payload, { reserved: 1 + below(7) })
    case 2:
      return frameOf(payload, { masked: false })
    case 3:
      return frameOf(payload, { length: lengths[below(lengths.length)] ?? 0 })
    case 4:
      return frameOf(payload.subarray(0, below(payload.length + 1)), { length: payload.length })
    case 5:
      return Buffer.concat([frameOf(payload, { final: false }), frameOf(payload, { opcode: below(3) })])
    case 6:
      return frameOf(payload.subarray(0, 140), { opcode: 8 + below(3), final: below(2) === 0 } satisfies Head)
    case 7:
      return mutate(frameOf(payload), below)
    default:
      return frameOf(mutate(payload, below))
  }
}

const lengths = [0, 125, 126, 65_535, 65_536, 2 ** 20, 2 ** 20 + 1, 2 ** 31, 2 ** 32, 2 ** 53 - 1]

const corpus = makeCorpus()

function honest(below: Chance): Uint8Array {
  return corpus[below(corpus.length)] ?? new Uint8Array()
}

function makeCorpus(): Uint8Array[] {
  const updates: Uint8Array[] = []
  const doc = new Y.Doc()
  doc.on('update', (update: Uint8Array) => updates.push(update))
  // In a root of its own: what is taken must not stand among the words that are counted.
  const text = doc.getText('fuzz')
  text.insert(0, 'Indstilling')
  text.format(2, 4, { bold: true })
  text.delete(1, 5)
  const map = doc.getMap('fuzz-map')
  map.set('a', { deep: [1, 'to', null, new Uint8Array([3])] })
  map.set('b', new Y.Map([['c', 'd']]))
  map.delete('a')
  return [
    ...updates.flatMap((update) => [writeUpdate(update), writeStep2(update)]),
    writeStep1(Y.encodeStateVector(doc)),
    writePresence([{ clientId: 7, clock: 1, state: '{"item":null,"cursor":{"anchor":1,"head":2}}' }]),
    new Uint8Array([3]),
  ]
}

/** Changes, cuts or lengthens some bytes. */
function mutate(bytes: Buffer, below: Chance): Buffer {
  const mutated = Buffer.from(bytes)
  for (let times = below(5); times >= 0 && mutated.length > 0; times--) {
    mutated[below(mutated.length)] = below(2) === 0 ? below(256) : below(12)
  }
  const dice = below(12)
  if (dice === 0) return mutated.subarray(0, below(mutated.length + 1))
  if (dice === 1) return Buffer.concat([mutated, mutated.subarray(below(mutated.length + 1))])
  return mutated
}
