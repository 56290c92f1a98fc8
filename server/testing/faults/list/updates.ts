import { closeCodes } from '@/lib/sync/close-codes.ts'
import { writeUpdate } from '../../../protocol.ts'
import { hostileUpdate } from '../../hostile-update.ts'
import { checkEqual, settled, Violation } from '../checker.ts'
import type { Fault, Figures, Scene } from '../fault.ts'
import { frameOf, greeting, RawSocket } from '../raw-socket.ts'
import type { Site } from '../site.ts'
import { answer, marker, storm } from '../storm.ts'
import { keepTyping, quantile } from '../typing.ts'

const beside = 8
const longestOpening = 3000

/** Fault 15: frames of the protocol whose updates are hostile. */
export const updates: Fault = {
  name: 'updates',
  number: 15,
  about:
    'Updates that a grammar makes up, whole and hostile: huge clocks, missing edits, nesting, bombs: refused whole or harmless; process, room and document live.',
  stores: ['postgresql'],
  short: { times: 40 },
  long: { times: 20_000 },
  run,
}

async function run({ open, scale, say }: Scene): Promise<Figures> {
  const site = await open({ keepFor: 0, compactAfter: 50 })
  const { id } = await site.item()
  const typists = [0, 1].map(() => site.typist(id).come())
  await settled(typists)
  const typing = keepTyping(typists, { below: site.below, every: 50 })
  const outcomes = await storm(site, { times: scale.times, beside, send: (at) => sendOne(site, id, at), say })
  typing.stop()
  await settled(typists)
  if (typists.some(({ closes }) => closes.length > 0))
    throw new Violation(
      'An honest client was closed',
      typists.map(({ closes }) => closes),
    )
  checkEqual(await site.stored(id), typists)
  const began = performance.now()
  const newcomer = site.typist(id, { name: 'newcomer' }).come()
  await settled([...typists, newcomer])
  const opening = Math.round(performance.now() - began)
  if (opening > longestOpening) throw new Violation('The document opens too slowly', { opening })
  const projected = await site.projection(id)
  const { loop } = await site.figures()
  return {
    updates: scale.times,
    crashes: 0,
    ...outcomes,
    'document opens in ms': opening,
    'title projected': projected.title,
    'loop longest ms': Math.round(loop.longest),
    'honest edit to acknowledgement p99 ms': Math.round(
      quantile(
        typists.flatMap(({ delays }) => delays),
        0.99,
      ),
    ),
  }
}

async function sendOne(site: Site, itemId: string, at: number): Promise<string> {
  const { port, below } = site
  const headers = { Cookie: site.person(at).cookie, Origin: `http://127.0.0.1:${port}` }
  const settings = { port, path: `/sync/item/${itemId}`, headers, at }
  const raw = new RawSocket(settings)
  await raw.write(Buffer.concat([greeting(settings), frameOf(writeUpdate(hostileUpdate(below))), marker]))
  const outcome = await raw.outcome(answer, 10_000)
  raw.destroy()
  if (outcome === 'neither') throw new Violation('An update was neither taken nor refused', { at })
  if (outcome === 'told') return 'taken'
  const { code } = raw
  if (code === closeCodes.internalError) throw new Violation('A fault of ours at an update', { at })
  return code === null ? 'cut off' : `${code}`
}
