import { randomBytes } from 'node:crypto'
import { connect, type Socket } from 'node:net'

/** What a raw socket is opened with: any bytes at all, or the greeting of a WebSocket client. */
export type RawSettings = { port: number; path?: string; headers?: Record<string, string>; at?: number }

const addresses = 50

/** The bytes a WebSocket client greets a server with. */
export function greeting({ port, path = '/', headers = {} }: RawSettings): Buffer {
  const lines = [
    `GET ${path} HTTP/1.1`,
    `Host: 127.0.0.1:${port}`,
    'Upgrade: websocket',
    'Connection: Upgrade',
    'Sec-WebSocket-Version: 13',
    `Sec-WebSocket-Key: ${randomBytes(16).toString('base64')}`,
    ...Object.entries(headers).map(([name, value]) => `${name}: ${value}`),
  ]
  return Buffer.from(`${lines.join('\r\n')}\r\n\r\n`)
}

/** How the head of a frame is written; what is left out is as a good client has it. */
export type Head = { opcode?: number; final?: boolean; reserved?: number; masked?: boolean; length?: number }

/** One WebSocket frame of a client with any head. */
export function frameOf(payload: Uint8Array, head: Head = {}): Buffer {
  const { opcode = 2, final = true, reserved = 0, masked = true, length = payload.length } = head
  const first = (final ? 0x80 : 0) | (reserved << 4) | opcode
  const flag = masked ? 0x80 : 0
  const size = length < 126 ? 0 : length < 65_536 ? 2 : 8
  const bytes = Buffer.alloc(2 + size + (masked ? 4 : 0) + payload.length)
  bytes[0] = first
  bytes[1] = flag | (size === 0 ? length : size === 2 ? 126 : 127)
  if (size === 2) bytes.writeUInt16BE(length, 2)
  if (size === 8) bytes.writeBigUInt64BE(BigInt(length), 2)
  // A mask of zeros is a mask.
  bytes.set(payload, 2 + size + (masked ? 4 : 0))
  return bytes
}

/** The longest answer that is looked for is a whole document. */
const remembered = 4 * 1024 * 1024
/** A close frame with its code and no reason. */
const farewell = 127

/** A TCP socket that says what it likes to a server, and remembers the last of what it was told. */
export class RawSocket {
  readonly socket: Socket
  /** Resolves when it is closed, with how long that took, in ms. */
  readonly closed: Promise<number>
  received = 0
  #last: Buffer = Buffer.alloc(0)
  readonly #openedAt = performance.now()

  constructor({ port, at = 0 }: RawSettings) {
    // Many addresses of one's own: one alone runs out of ports.
    this.socket = connect({ port, host: '127.0.0.1', localAddress: `127.0.0.${2 + (at % addresses)}` })
    this.socket.setNoDelay(true)
    this.socket.on('error', () => undefined)
    this.socket.on('data', (bytes) => {
      this.received += bytes.length
      this.#last = Buffer.concat([this.#last, bytes]).subarray(-remembered)
    })
    this.closed = new Promise((resolve) => {
      this.socket.on('close', () => resolve(performance.now() - this.#openedAt))
    })
  }

  /** Does what it was told end in such bytes, or hold them? */
  wasTold(bytes: Uint8Array): boolean {
    return this.#last.includes(Buffer.from(bytes))
  }

  /** The code it was closed with, or null. */
  get code(): number | null {
    // A close frame of the server: 0x88, its length, the code.
    for (let at = this.#last.length - 4; at >= Math.max(0, this.#last.length - farewell); at--) {
      if (this.#last[at] === 0x88 && this.#last[at + 1] === this.#last.length - at - 2)
        return this.#last.readUInt16BE(at + 2)
    }
    return null
  }

  write(bytes: Uint8Array): Promise<void> {
    return new Promise((resolve) => {
      if (!this.socket.writable) return resolve()
      if (this.socket.write(bytes)) return resolve()
      const go = () => {
        this.socket.off('drain', go).off('close', go)
        resolve()
      }
      this.socket.on('drain', go).on('close', go)
    })
  }

  /**
   * Resolves when it is closed, or is told that it is, or is told these bytes, or the patience is over, and says which.
   * Who never answers a close frame is cut off two seconds later, which is not waited for here.
   */
  async outcome(bytes: Uint8Array, patience: number): Promise<'closed' | 'told' | 'neither'> {
    const deadline = performance.now() + patience
    let isClosed = false
    void this.closed.then(() => {
      isClosed = true
    })
    for (;;) {
      if (isClosed || this.code !== null) return 'closed'
      if (this.wasTold(bytes)) return 'told'
      if (performance.now() > deadline) return 'neither'
      await new Promise<void>((resolve) => {
        const go = () => {
          clearTimeout(timer)
          this.socket.off('data', go).off('close', go)
          resolve()
        }
        const timer = setTimeout(go, 100)
        this.socket.on('data', go).on('close', go)
      })
    }
  }

  destroy(): void {
    this.socket.destroy()
  }
}
