import type { Duplex } from 'node:stream'
import type { WebSocket } from 'ws'
import { type CloseCode, closeCodes } from '@/lib/sync/close-codes.ts'
import { Bucket } from './bucket.ts'
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
  /** Counts the frames that came in and went out, of all sockets together. */
  traffic: { received: number; delivered: number }
  /** It is shut out for what it sent, or did not read. */
  refused: (code: CloseCode) => void
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
  readonly #frames: Bucket
  readonly #bytes: Bucket
  readonly #waiting: ReturnType<typeof setTimeout>

  constructor(settings: ConnectionSettings) {
    this.#settings = settings
    this.#outbox = new Outbox(settings.socket)
    const { ws, limits } = settings
    this.#frames = new Bucket(limits.maxFramesPerSecond, this.#heardAt)
    this.#bytes = new Bucket(limits.maxBytesPerSecond, this.#heardAt)
    this.#waiting = setTimeout(() => this.#shutOut(closeCodes.tryAgain), limits.placeWithin).unref()
    // Until it has its place.
    this.pause()
    ws.on('message', (data, isBinary) => this.#receive(data, isBinary))
    ws.on('pong', () => this.#live())
    // ws closes the socket itself with the right code; 'close' follows.
    ws.on('error', (error) => {
      const code = codeOf(error)
      if (code !== null) settings.refused(code)
    })
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
    clearTimeout(this.#waiting)
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
    const { ws, limits, traffic } = this.#settings
    if (this.#isClosed || ws.readyState !== ws.OPEN) return
    if (this.#outbox.waiting <= limits.maxBufferedBytes) {
      traffic.delivered++
      this.#outbox.add(frame)
    } else {
      this.#outbox.clear()
      this.#shutOut(closeCodes.tryAgain)
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
    this.#settings.traffic.received++
    try {
      const frame = oneBuffer(data)
      if (!isBinary) this.#shutOut(closeCodes.unsupportedData)
      else if (!this.#isPaced(frame.length)) this.#shutOut(closeCodes.tooFast)
      else this.#place.receive(frame)
    } catch (error) {
      this.#settings.failed(error)
      this.#shutOut(closeCodes.internalError)
    }
  }

  #shutOut(code: CloseCode): void {
    this.#settings.refused(code)
    this.close(code)
  }

  #live(): void {
    this.#heardAt = performance.now()
  }

  #isPaced(bytes: number): boolean {
    return this.#frames.take(1, this.#heardAt) && this.#bytes.take(bytes, this.#heardAt)
  }

  #end(): void {
    this.#isClosed = true
    clearTimeout(this.#waiting)
    this.#place?.leave()
    this.#settings.gone(this)
  }
}

// What ws itself does not take; any other error is a network's.
function codeOf({ code }: Error & { code?: string }): CloseCode | null {
  if (code === 'WS_ERR_UNSUPPORTED_MESSAGE_LENGTH') return closeCodes.tooBig
  if (code === 'WS_ERR_INVALID_UTF8') return closeCodes.invalidPayload
  return code?.startsWith('WS_ERR_') ? closeCodes.protocolError : null
}

function oneBuffer(data: WebSocket.RawData): Uint8Array {
  if (Array.isArray(data)) return Buffer.concat(data)
  return data instanceof ArrayBuffer ? new Uint8Array(data) : data
}

// Presence of nobody: a y-websocket client hangs up on a server it has not heard for 30 s, and pings don't count.
const lifeSign = new Frame(keepAlive)
