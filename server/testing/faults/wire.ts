import { createServer, connect as dial, type Server, type Socket } from 'node:net'

/** Where a wire leads. */
export type End = { host: string; port: number }

/** One connection through a wire. */
export type Line = {
  /** What the near end, which dialled, said first; a listener to signals is known by it. */
  readonly isEar: boolean
  /** Ends both sides at once. */
  cut(): void
  /** From now on its bytes vanish, and neither end is told. */
  silence(): void
}

/** Who watches a wire: each piece in either direction before it goes on. Answers what is to go on, or null for nothing. */
export type Watch = {
  up?: (bytes: Buffer, line: Line) => Buffer | null
  down?: (bytes: Buffer, line: Line) => Buffer | null
}

type State = 'whole' | 'silent' | 'cut'

/**
 * A TCP wire between two ends on this machine, with a knife. It can be cut (both ends see it and nobody gets through),
 * fall silent (bytes vanish and neither end is told, as when a cable is pulled), be slow, and be watched.
 */
export class Wire {
  readonly #server: Server
  readonly #lines = new Set<WireLine>()
  #end: End
  #state: State = 'whole'
  #delay = 0
  #watch: Watch = {}
  /** How many connections were made through it. */
  made = 0

  private constructor(end: End) {
    this.#end = end
    this.#server = createServer({ allowHalfOpen: true }, (near) => this.#accept(near))
  }

  static async to(end: End): Promise<Wire> {
    const wire = new Wire(end)
    await new Promise<void>((resolve) => wire.#server.listen(0, '127.0.0.1', resolve))
    return wire
  }

  /** Where the near end dials. */
  get port(): number {
    const address = this.#server.address()
    return address && typeof address === 'object' ? address.port : 0
  }

  get lines(): Line[] {
    return [...this.#lines]
  }

  get delay(): number {
    return this.#delay
  }

  get watcher(): Watch {
    return this.#watch
  }

  /** From now on new connections lead there. */
  leadTo(end: End): void {
    this.#end = end
  }

  watch(watch: Watch): void {
    this.#watch = watch
  }

  /** Makes every piece take so many ms each way. */
  slow(ms: number): void {
    this.#delay = ms
  }

  /** Ends all connections, or those meant, and lets nobody through until it is mended. */
  cut(): void {
    this.#state = 'cut'
    for (const line of this.#lines) line.cut()
  }

  /** Nothing passes any more and nobody is told; new connections are taken and hear nothing. */
  silence(): void {
    this.#state = 'silent'
    for (const line of this.#lines) line.silence()
  }

  /** New connections pass again. Those that fell silent have lost bytes and are ended, as a restarted router would. */
  mend(): void {
    this.#state = 'whole'
    for (const line of this.#lines) if (line.isSilent) line.cut()
  }

  async close(): Promise<void> {
    for (const line of this.#lines) line.cut()
    await new Promise((resolve) => this.#server.close(resolve))
  }

  #accept(near: Socket): void {
    this.made++
    if (this.#state === 'cut') {
      near.on('error', () => undefined)
      near.resetAndDestroy()
      return
    }
    const line = new WireLine({ wire: this, near, end: this.#end, gone: () => this.#lines.delete(line) })
    if (this.#state === 'silent') line.silence()
    this.#lines.add(line)
  }
}

class WireLine implements Line {
  readonly #wire: Wire
  readonly #near: Socket
  readonly #far: Socket
  isEar = false
  isSilent = false

  constructor({ wire, near, end, gone }: { wire: Wire; near: Socket; end: End; gone: () => void }) {
    this.#wire = wire
    this.#near = near
    this.#far = dial(end)
    for (const socket of [near, this.#far]) {
      socket.setNoDelay(true)
      // 'close' follows.
      socket.on('error', () => undefined)
      socket.on('close', () => {
        if (this.isSilent) return
        this.cut()
      })
    }
    near.on('close', gone)
    this.#carry(near, this.#far, 'up')
    this.#carry(this.#far, near, 'down')
  }

  silence(): void {
    this.isSilent = true
  }

  cut(): void {
    this.isSilent = false
    this.#near.resetAndDestroy()
    this.#far.resetAndDestroy()
  }

  #carry(from: Socket, to: Socket, way: 'up' | 'down'): void {
    from.on('data', (bytes) => {
      if (way === 'up' && bytes.includes('LISTEN ')) this.isEar = true
      if (this.isSilent) return
      const watch = this.#wire.watcher[way]
      const passed = watch ? watch(bytes, this) : bytes
      if (passed) this.#pass(passed, to, from)
    })
    from.on('end', () => {
      if (!this.isSilent) this.#later(() => to.end())
    })
  }

  #pass(bytes: Buffer, to: Socket, from: Socket): void {
    this.#later(() => {
      if (this.isSilent || !to.writable || to.write(bytes)) return
      from.pause()
      to.once('drain', () => from.resume())
    })
  }

  #later(act: () => void): void {
    if (this.#wire.delay > 0) setTimeout(act, this.#wire.delay)
    else act()
  }
}
