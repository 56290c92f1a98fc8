import { connect, type Socket } from 'node:net'
import { maskedFrame } from './frame.ts'

/** Where a socket goes and whom it tells. `bytes` of a frame are gone when `frame` returns. */
export type SocketSettings = {
  port: number
  /** A loopback address of one's own: each has some 28,000 ports. */
  localAddress: string
  path: string
  headers: Record<string, string>
  opened: () => void
  frame: (bytes: Buffer, from: number, to: number) => void
  /** With the close code, the HTTP status of a refusal, or 1006. */
  closed: (code: number) => void
}

// All sockets of a process read into the same memory, one after the other.
const shared = Buffer.allocUnsafe(256 * 1024)

/** A WebSocket client that costs little: no events, no copies, frames from the server told as ranges of bytes. */
export class RawSocket {
  readonly #settings: SocketSettings
  readonly #socket: Socket
  #parts: Buffer[] = []
  #held = 0
  #needed = 0
  #isOpen = false
  #code = 1006
  #pongs: (() => void)[] = []

  constructor(settings: SocketSettings) {
    this.#settings = settings
    const { port, localAddress } = settings
    const onread = {
      buffer: shared,
      callback: (length: number) => {
        this.#receive(shared.subarray(0, length))
        return true
      },
    }
    this.#socket = connect({ port, host: '127.0.0.1', localAddress, noDelay: true, onread })
    this.#socket.on('error', () => undefined)
    this.#socket.on('close', () => settings.closed(this.#code))
    this.#socket.write(this.#request())
  }

  #request(): string {
    const { port, path, headers } = this.#settings
    const lines = Object.entries({ Host: `127.0.0.1:${port}`, ...headers }).map(
      ([name, value]) => `${name}: ${value}\r\n`,
    )
    return `GET ${path} HTTP/1.1\r\n${lines.join('')}Connection: Upgrade\r\nUpgrade: websocket\r\nSec-WebSocket-Version: 13\r\nSec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==\r\n\r\n`
  }

  /** Sends a frame that `maskedFrame` made. */
  send(frame: Buffer): void {
    this.#socket.write(frame)
  }

  /** Resolves when the other end has answered a ping, and so read all that was sent before. */
  roundTrip(): Promise<void> {
    this.send(maskedFrame(new Uint8Array(), 9))
    return new Promise((resolve) => this.#pongs.push(resolve))
  }

  /** Drops the connection as a network does. */
  drop(): void {
    this.#socket.destroy()
  }

  #receive(chunk: Buffer): void {
    let bytes = chunk
    if (this.#held > 0) {
      this.#keep(chunk)
      if (this.#held < this.#needed) return
      bytes = Buffer.concat(this.#parts)
      this.#parts = []
      this.#held = 0
    }
    const start = this.#isOpen ? 0 : this.#readAnswer(bytes)
    if (start < 0) return
    this.#readFrames(bytes, start)
  }

  #keep(chunk: Buffer): void {
    this.#parts.push(Buffer.from(chunk))
    this.#held += chunk.length
  }

  #readAnswer(bytes: Buffer): number {
    const end = bytes.indexOf('\r\n\r\n')
    if (end < 0) {
      this.#needed = 0
      this.#keep(bytes)
      return -1
    }
    const status = Number(bytes.subarray(9, 12).toString('latin1'))
    if (status !== 101) {
      this.#code = status
      this.#socket.destroy()
      return -1
    }
    this.#isOpen = true
    this.#settings.opened()
    return end + 4
  }

  #readFrames(bytes: Buffer, start: number): void {
    let at = start
    while (at < bytes.length) {
      const size = frameSize(bytes, at)
      if (at + size > bytes.length) {
        this.#needed = size
        this.#keep(bytes.subarray(at))
        return
      }
      this.#handle(bytes, at, at + size)
      at += size
    }
  }

  #handle(bytes: Buffer, at: number, end: number): void {
    const opcode = (bytes[at] ?? 0) & 15
    const from = at + headSize((bytes[at + 1] ?? 0) & 127)
    if (opcode === 2) this.#settings.frame(bytes, from, end)
    else if (opcode === 9) this.send(maskedFrame(bytes.subarray(from, end), 10))
    else if (opcode === 10) this.#pongs.shift()?.()
    else if (opcode === 8) {
      this.#code = end - from >= 2 ? bytes.readUInt16BE(from) : 1005
      this.#socket.end(maskedFrame(bytes.subarray(from, end), 8))
    }
  }
}

function headSize(short: number): number {
  return short < 126 ? 2 : short === 126 ? 4 : 10
}

/** The size of the frame at a place; of one whose head is cut off, more than is there. */
function frameSize(bytes: Buffer, at: number): number {
  const left = bytes.length - at
  const short = (bytes[at + 1] ?? 0) & 127
  const head = headSize(short)
  if (left < 2 || left < head) return left + 1
  if (short < 126) return head + short
  return head + (short === 126 ? bytes.readUInt16BE(at + 2) : Number(bytes.readBigUInt64BE(at + 2)))
}
