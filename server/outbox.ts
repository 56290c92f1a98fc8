import type { Writable } from 'node:stream'
import type { Frame } from './frame.ts'

/**
 * What waits to be written to one network socket. All of one turn of the event loop is written at once, and while the
 * network takes nothing more the frames wait here, where all who are sent the same share one copy of it.
 */
export class Outbox {
  readonly #socket: Writable
  #frames: Frame[] = []
  #bytes = 0
  #waits = false

  constructor(socket: Writable) {
    this.#socket = socket
  }

  /** How many bytes are written to nobody yet. */
  get waiting(): number {
    return this.#bytes + this.#socket.writableLength
  }

  add(frame: Frame): void {
    this.#frames.push(frame)
    this.#bytes += frame.bytes.length
    if (this.#waits) return
    this.#waits = true
    if (outboxes.length === 0) setImmediate(writeAll)
    outboxes.push(this)
  }

  /** Writes what waits, whether or not the network keeps up. */
  flush(): void {
    const frames = this.#frames
    const [first] = frames
    if (!first) return
    const bytes =
      frames.length === 1
        ? first.bytes
        : Buffer.concat(
            frames.map((frame) => frame.bytes),
            this.#bytes,
          )
    this.clear()
    if (this.#socket.writable) this.#socket.write(bytes)
  }

  /** Forgets what waits. */
  clear(): void {
    this.#frames = []
    this.#bytes = 0
  }

  /** Writes what waits, now or as soon as the network takes more. */
  turn(): void {
    if (this.#socket.writableNeedDrain) {
      this.#socket.once('drain', () => this.turn())
      return
    }
    this.#waits = false
    this.flush()
  }
}

let outboxes: Outbox[] = []

function writeAll(): void {
  const turn = outboxes
  outboxes = []
  for (const outbox of turn) outbox.turn()
}
