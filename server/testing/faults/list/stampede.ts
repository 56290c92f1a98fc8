import { syncTypes } from '@/lib/sync/messages.ts'
import { writeStep1 } from '../../../protocol.ts'
import { RawClient } from '../../raw-client.ts'
import { checkEqual, settled, Violation } from '../checker.ts'
import type { Fault, Figures, Scene } from '../fault.ts'
import type { Site } from '../site.ts'
import { pause, quantile } from '../typing.ts'

const documents = 50

/** Fault 19: everyone comes back at once. */
export const stampede: Fault = {
  name: 'stampede',
  number: 19,
  about:
    'The process is killed under thousands of clients, who all come back: each document is read once, all have it again.',
  stores: ['postgresql'],
  short: { times: 1, clients: 150 },
  long: { times: 1, clients: 10_000 },
  run,
}

async function run({ open, scale, say }: Scene): Promise<Figures> {
  const { clients = 150 } = scale
  const most = clients + 100
  const limits = { maxConnections: most, maxPerAddress: most, maxPerPerson: most, maxPerRoom: most }
  const site = await open(limits, { standsBy: true })
  const items: string[] = []
  const reads = new Map<string, number>()
  for (let at = 0; at < documents; at++) {
    const { id, documentId } = await site.item()
    items.push(id)
    reads.set(documentId, 0)
  }
  // In a document of its own, which is read at the start as well: to be projected, and to be compacted.
  const own = (await site.item()).id
  const typist = site.typist(own, { patience: 500 }).come()
  await settled([typist])
  typist.write()
  await settled([typist])
  const crowd = Array.from(
    { length: clients },
    (_, at) => new Returner(site, items[at % documents] ?? '', at),
  )
  await inSteps(crowd)
  say(`${clients} are in`)
  await site.kill()
  site.link?.watch({
    up: (bytes) => {
      count(bytes.toString('latin1'), reads)
      return bytes
    },
  })
  await site.start()
  const began = performance.now()
  // As our pages do: after two to three seconds, and not all at once.
  await Promise.all(crowd.map((one) => pause(site.below(3000)).then(() => one.come())))
  const took = Math.round(performance.now() - began)
  const { loop, resident, connections } = await site.figures()
  if (connections < clients) throw new Violation('Not all came back', { connections })
  typist.write()
  await settled([typist])
  checkEqual(await site.stored(own), [typist])
  for (const one of crowd) one.leave()
  const mostReads = Math.max(...reads.values())
  if (mostReads === 0) throw new Error('The reads of documents were not seen')
  if (mostReads > 1) throw new Violation('A document was read more than once', { mostReads })
  return {
    clients,
    'all back after ms': took,
    'median back after ms': Math.round(
      quantile(
        crowd.map(({ took: own }) => own),
        0.5,
      ),
    ),
    documents,
    'reads of each document, at most': mostReads,
    'turned away and come again': crowd.reduce((sum, { refusals }) => sum + refusals, 0),
    'loop p99 ms': Math.round(loop.p99),
    'memory MB': Math.round(resident / 1024 / 1024),
  }
}

/** Counts the questions for the rows of these documents' logs; the document is named in the same breath. */
function count(said: string, reads: Map<string, number>): void {
  for (const [, question = ''] of said.matchAll(/AS snapshot, (.{0,1200})/gs)) {
    for (const [documentId, before] of reads) {
      if (question.includes(documentId)) reads.set(documentId, before + 1)
    }
  }
}

async function inSteps(crowd: Returner[]): Promise<void> {
  for (let from = 0; from < crowd.length; from += 100) {
    await Promise.all(crowd.slice(from, from + 100).map((one) => one.come()))
  }
}

/** A client that holds no document: it asks for all of it, and has it when it is answered. */
class Returner {
  readonly #site: Site
  readonly #itemId: string
  readonly #at: number
  #client: RawClient | null = null
  refusals = 0
  took = 0

  constructor(site: Site, itemId: string, at: number) {
    this.#site = site
    this.#itemId = itemId
    this.#at = at
  }

  async come(): Promise<void> {
    const began = performance.now()
    for (;;) {
      const { port } = this.#site
      const headers = { ...this.#site.headers(this.#at), Origin: `http://127.0.0.1:${port}` }
      const client = new RawClient(`ws://127.0.0.1:${port}/sync/item/${this.#itemId}`, headers)
      this.#client = client
      client.ws.on('open', () => client.send(writeStep1(new Uint8Array([0]))))
      try {
        await client.frame(([type, sync]) => type === 0 && sync === syncTypes.step2)
        client.received.length = 0
        this.took = performance.now() - began
        return
      } catch {
        this.refusals++
        await pause(500 + this.#site.below(1000))
      }
    }
  }

  leave(): void {
    this.#client?.close()
  }
}
