import type { Duplex } from 'node:stream'
import type { WebSocket } from 'ws'
import { type CloseCode, closeCodes } from '@/lib/sync/close-codes.ts'
import { Frame } from './frame.ts'
import type { Claim, Grant } from './gate.ts'
import type { Limits } from './limits.ts'
import { Outbox } from './outbox.ts'
import { keepAlive } from './protocol.ts'
import type { Peer } from './room.ts'
import type { Place } from './rooms.ts'

/** What a connection is given when its socket opens; the grant holds until rights change and the socket is closed. */
export type ConnectionSettings = {
  ws: WebSocket
  /** The network socket under `ws`, to write once a turn. */
  socket: Duplex
  claim: Claim
  grant: Grant
  limits: Limits
  /** The socket is gone. */
  gone: (connection: Connection) => void
  /** Handling a frame failed for a reason that is ours. */
  failed: (error: unknown) => void
}

/**
 * One WebSocket as a peer of its room: limits on what comes in, back-pressure on what goes out, signs of life.
 * It takes no frame before it has its place in the room, and none after it was closed.
 */
export class Connection implements Peer {
  readonly #settings: ConnectionSettings
  readonly #outbox: Outbox
  #place: Place | null = null
  #isClosed = false
  #pauses = 0
  #heardAt = performance.now()
  #allowance: number
  #countedAt = performance.now()

  constructor(settings: ConnectionSettings) {
    this.#settings = settings
    this.#outbox = new Outbox(settings.socket)
    this.#allowance = settings.limits.maxFramesPerSecond
    const { ws } = settings
    // Until it has its place.
    this.pause()
    ws.on('message', (data, isBinary) => this.#receive(data, isBinary))
    ws.on('pong', () => this.#live())
    // ws closes the socket itself with the right code (1009 for a frame over the limit); 'close' follows.
    ws.on('error', () => undefined)
    ws.on('close', () => this.#end())
  }

  get claim(): Claim {
    return this.#settings.claim
  }

  get grant(): Grant {
    return this.#settings.grant
  }

  get user() {
    return this.#settings.grant.user
  }

  get canWrite(): boolean {
    return this.#settings.grant.canWrite
  }

  get seesPresence(): boolean {
    return this.#settings.grant.seesPresence
  }

  /** Takes its place in the room and begins to read; a socket closed meanwhile gives the place back. */
  enter(place: Place): void {
    this.#place = place
    if (this.#isClosed) place.leave()
    else this.resume()
  }

  /** Reads no more frames until there were as many `resume`; what comes waits in the network. */
  pause(): void {
    this.#pauses++
    this.#settings.ws.pause()
  }

  /** Takes one pause back. */
  resume(): void {
    this.#pauses--
    if (this.#pauses === 0 && !this.#isClosed) this.#settings.ws.resume()
  }

  send(frame: Frame): void {
    const { ws, limits } = this.#settings
    if (this.#isClosed || ws.readyState !== ws.OPEN) return
    if (this.#outbox.waiting <= limits.maxBufferedBytes) {
      this.#outbox.add(frame)
    } else {
      this.#outbox.clear()
      this.close(closeCodes.tryAgain)
    }
  }

  close(code: CloseCode): void {
    if (this.#isClosed) return
    this.#isClosed = true
    const { ws, limits } = this.#settings
    // Off the room at once: nothing that is still on its way counts.
    this.#place?.leave()
    this.#outbox.flush()
    ws.close(code)
    // A paused socket would never read the answer to its close frame.
    ws.resume()
    setTimeout(() => ws.terminate(), limits.closeWithin).unref()
  }

  /** Cuts a silent socket off, asks another for a sign of life and gives one; `now` as of `performance.now()`. */
  beat(now: number): void {
    const { ws, limits } = this.#settings
    // Who is not read can't be heard.
    if (this.#place && this.#pauses > 0) this.#heardAt = now
    if (now - this.#heardAt > limits.silence) ws.terminate()
    if (this.#isClosed || ws.readyState !== ws.OPEN) return
    ws.ping()
    this.send(lifeSign)
  }

  #receive(data: WebSocket.RawData, isBinary: boolean): void {
    if (this.#isClosed || !this.#place) return
    this.#live()
    try {
      if (!isBinary) this.close(closeCodes.unsupportedData)
      else if (!this.#isPaced()) this.close(closeCodes.tooFast)
      else this.#place.receive(oneBuffer(data))
    } catch (error) {
      this.#settings.failed(error)
      this.close(closeCodes.internalError)
    }
  }

  #live(): void {
    this.#heardAt = performance.now()
  }

  /** A bucket of one second's frames, filled as time goes: a burst is fine, a flood is not. */
  #isPaced(): boolean {
    const rate = this.#settings.limits.maxFramesPerSecond
    const passed = this.#heardAt - this.#countedAt
    this.#countedAt = this.#heardAt
    this.#allowance = Math.min(rate, this.#allowance + (passed * rate) / 1000) - 1
    return this.#allowance >= 0
  }

  #end(): void {
    this.#isClosed = true
    this.#place?.leave()
    this.#settings.gone(this)
  }
}

function oneBuffer(data: WebSocket.RawData): Uint8Array {
  if (Array.isArray(data)) return Buffer.concat(data)
  return data instanceof ArrayBuffer ? new Uint8Array(data) : data
}

// Presence of nobody: a y-websocket client hangs up on a server it has not heard for 30 s, and pings don't count.
const lifeSign = new Frame(keepAlive)
