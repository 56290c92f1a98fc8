import { readAnswer, writeQuery, writeSync } from './wire.ts'

/** The one session of a database: takes a whole turn and answers all of it. */
export type Session = (turn: Uint8Array) => Promise<Uint8Array>

/** One connection to the desk; `end` says why it goes no further with it. Neither throws. */
export type Client = { send(bytes: Uint8Array): void; end(why: string): void }

type Turn = { client: Client; bytes: Uint8Array }

/**
 * Shares one session between many clients, turn by turn in the order they came. A client that is within a transaction,
 * or within an answer that is not finished, has the session to itself until it is through; when it goes away before
 * that, or says nothing for too long, its transaction is rolled back. What one client is told by NOTIFY, all who listen are told.
 *
 * Settings, temporary tables and session locks would be shared too; the product uses none.
 */
export class Desk {
  readonly #session: Session
  readonly #patience: number
  readonly #listeners = new Set<Client>()
  #queue: Turn[] = []
  #holder: Client | null = null
  #timer: ReturnType<typeof setTimeout> | null = null
  #isRunning = false
  #work: Promise<void> = Promise.resolve()

  /** `patience` is how long a client may be silent within a transaction, in ms. */
  constructor(session: Session, patience: number) {
    this.#session = session
    this.#patience = patience
  }

  /** Takes a client's turn; its answer is sent when it is there. */
  ask(client: Client, { bytes, listens }: { bytes: Uint8Array; listens: boolean }): void {
    if (listens) this.#listeners.add(client)
    this.#queue.push({ client, bytes })
    this.#go()
  }

  /** Forgets a client: what it still wanted is not done, and what it began is rolled back. */
  leave(client: Client): void {
    this.#listeners.delete(client)
    this.#queue = this.#queue.filter((turn) => turn.client !== client)
    if (this.#holder !== client) return
    const nobody: Client = { send: () => undefined, end: () => undefined }
    this.#holder = nobody
    this.#queue.unshift({ client: nobody, bytes: Buffer.concat([writeSync(), writeQuery('ROLLBACK')]) })
    this.#go()
  }

  /** Resolves when the turn under way is over; the others are not begun. */
  async close(): Promise<void> {
    this.#queue = []
    this.#await(null)
    await this.#work
  }

  #go(): void {
    if (!this.#isRunning) this.#work = this.#run()
  }

  async #run(): Promise<void> {
    this.#isRunning = true
    for (;;) {
      const turn = this.#next()
      if (!turn) break
      this.#holder = turn.client
      this.#await(null)
      const { own, notifications, isFree } = readAnswer(await this.#session(turn.bytes))
      turn.client.send(own)
      for (const notification of notifications) {
        for (const listener of this.#listeners) listener.send(notification)
      }
      // Who left meanwhile has handed the session on, to be rolled back.
      if (isFree && this.#holder === turn.client) this.#holder = null
    }
    this.#isRunning = false
    this.#await(this.#holder)
  }

  #await(holder: Client | null): void {
    if (this.#timer) clearTimeout(this.#timer)
    this.#timer = holder && setTimeout(() => this.#giveUp(holder), this.#patience)
  }

  #giveUp(holder: Client): void {
    holder.end('Silent for too long within a transaction')
    this.leave(holder)
  }

  #next(): Turn | null {
    const holder = this.#holder
    const at = holder ? this.#queue.findIndex(({ client }) => client === holder) : 0
    return at === -1 ? null : (this.#queue.splice(at, 1)[0] ?? null)
  }
}
