import { log } from '@/lib/log.ts'
import { type CloseCode, closeCodes } from '@/lib/sync/close-codes.ts'
import type { Connection } from './connection.ts'
import { askOnce, type GateSources, judge, reviewGrant } from './gate.ts'

type After = { spared: (connection: Connection) => void; unjudged: (connection: Connection) => void }

const atATime = 16

/** Judges open sockets anew and closes those whose rights are no longer what they were given. */
export class Reviewer {
  readonly #sources: GateSources
  readonly #closed: (code: CloseCode) => void

  constructor(sources: GateSources, closed: (code: CloseCode) => void) {
    this.#sources = sources
    this.#closed = closed
  }

  /** Rights are known to have changed: nothing is taken from these sockets until they are judged. */
  reviewNow(connections: Connection[]): Promise<void> {
    for (const connection of connections) connection.pause()
    return this.#review(connections, {
      spared: (connection) => connection.resume(),
      unjudged: (connection) => connection.close(closeCodes.tryAgain),
    })
  }

  /** Rights may have changed unheard. When the database is away nobody is thrown out: nothing is saved then either. */
  reviewQuietly(connections: Connection[]): Promise<void> {
    return this.#review(connections, { spared: () => undefined, unjudged: () => undefined })
  }

  async #review(connections: Connection[], after: After): Promise<void> {
    const once = askOnce(this.#sources)
    for (let at = 0; at < connections.length; at += atATime) {
      const batch = connections.slice(at, at + atATime)
      await Promise.all(batch.map((connection) => this.#reviewOne(connection, { once, after })))
    }
  }

  async #reviewOne(
    connection: Connection,
    { once, after }: { once: GateSources; after: After },
  ): Promise<void> {
    try {
      const code = reviewGrant(connection.grant, await judge(connection.claim, once))
      if (code === null) {
        after.spared(connection)
      } else {
        this.#closed(code)
        connection.close(code)
      }
    } catch (err) {
      log.error({ err }, 'a socket could not be judged anew')
      after.unjudged(connection)
    }
  }
}
