import * as Y from 'yjs'
import { closeCodes } from '@/lib/sync/close-codes.ts'
import { messageTypes } from '@/lib/sync/messages.ts'
import { writeStep1, writeUpdate } from '../../../protocol.ts'
import { RawClient } from '../../raw-client.ts'
import { checkEqual, settled, Violation } from '../checker.ts'
import type { Fault, Figures, Scene } from '../fault.ts'
import type { Site } from '../site.ts'
import { keepTyping, pause, quantile } from '../typing.ts'

const megabyte = 1024 * 1024

/** Fault 9: a client that does not read. */
export const slowReader: Fault = {
  name: 'slow-reader',
  number: 9,
  about:
    'A client never reads while many write: cut off with 1013 when its buffer is full, and the others notice nothing.',
  stores: ['postgresql'],
  short: { times: 1, writers: 20, kilobytes: 512 },
  long: { times: 3, writers: 200, kilobytes: 16 * 1024 },
  run,
}

async function run({ open, scale }: Scene): Promise<Figures> {
  const { writers: count = 20, kilobytes = 512 } = scale
  const site = await open({ maxBufferedBytes: kilobytes * 1024, maxFramesPerSecond: 100_000 })
  const took: number[] = []
  const [calm, stalled]: number[][] = [[], []]
  let grown = 0
  for (let at = 0; at < scale.times; at++) {
    const { id } = await site.item()
    const typists = [0, 1].map(() => site.typist(id).come())
    await settled(typists)
    const typing = keepTyping(typists, { below: site.below, every: 50 })
    const crowd = await Crowd.of(site, id, count)
    await pause(1500)
    const before = typists.flatMap(({ delays }) => delays.splice(0))
    const { resident } = await site.figures({ collect: true })
    const stall = await Stalled.in(site, id)
    took.push(
      await stall.untilCutOff(async () => {
        grown = Math.max(grown, (await site.figures()).resident - resident)
      }),
    )
    calm?.push(...before)
    stalled?.push(...typists.flatMap(({ delays }) => delays))
    typing.stop()
    crowd.leave()
    if (typists.some(({ closes }) => closes.length > 0)) throw new Violation('Another was closed', {})
    await settled(typists)
    checkEqual(await site.stored(id), typists)
    for (const typist of typists) typist.close()
    const { refusals } = await site.figures()
    if (Object.keys(refusals).some((code) => code !== `${closeCodes.tryAgain}`))
      throw new Violation('Others were refused', refusals)
  }
  return {
    stalled: took.length,
    writers: count,
    'buffer MB': kilobytes / 1024,
    'cut off after ms, at most': Math.round(Math.max(...took)),
    'memory grew MB, at most': Math.round((grown / megabyte) * 10) / 10,
    'edit to acknowledgement p99 ms, before': Math.round(quantile(calm ?? [], 0.99)),
    'edit to acknowledgement p99 ms, meanwhile': Math.round(quantile(stalled ?? [], 0.99)),
  }
}

/** Many who write a kilobyte now and then, in a part of the document of their own that stays small. */
class Crowd {
  readonly #clients: RawClient[]
  readonly #timer: ReturnType<typeof setInterval>

  private constructor(clients: RawClient[]) {
    this.#clients = clients
    const docs = clients.map(() => new Y.Doc())
    for (const [at, doc] of docs.entries()) {
      doc.on('update', (update: Uint8Array) => clients[at]?.send(writeUpdate(update)))
    }
    let next = 0
    this.#timer = setInterval(() => {
      const doc = docs[next++ % docs.length]
      doc?.getMap('crowd').set(`${doc.clientID}`, 'x'.repeat(8 * 1024))
    }, 5)
  }

  static async of(site: Site, itemId: string, count: number): Promise<Crowd> {
    const clients = Array.from({ length: count }, (_, at) => {
      const client = new RawClient(`${site.url}/item/${itemId}?write=1`, site.headers(at))
      // They look at nothing of what they hear.
      client.ws.removeAllListeners('message')
      client.ws.on('message', () => undefined)
      return client
    })
    await Promise.all(clients.map((client) => client.opened()))
    return new Crowd(clients)
  }

  leave(): void {
    clearInterval(this.#timer)
    for (const client of this.#clients) client.close()
  }
}

class Stalled {
  readonly #client: RawClient
  readonly #before: number
  readonly #site: Site

  private constructor(site: Site, client: RawClient, before: number) {
    this.#site = site
    this.#client = client
    this.#before = before
  }

  static async in(site: Site, itemId: string): Promise<Stalled> {
    const before = (await site.figures()).connections
    const client = new RawClient(`ws://127.0.0.1:${site.port}/sync/item/${itemId}`, {
      ...site.headers(3),
      Origin: `http://127.0.0.1:${site.port}`,
    })
    await client.opened()
    client.send(writeStep1(new Uint8Array([0])))
    await client.frame(([type]) => type === messageTypes.sync)
    client.ws.pause()
    return new Stalled(site, client, before)
  }

  async untilCutOff(look: () => Promise<void>): Promise<number> {
    const began = performance.now()
    while ((await this.#site.figures()).connections > this.#before) {
      if (performance.now() - began > 120_000) throw new Violation('A client that does not read was kept', {})
      await look()
      await pause(50)
    }
    this.#client.close()
    return performance.now() - began
  }
}
