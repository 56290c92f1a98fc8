import { once } from 'node:events'
import { WebSocket } from 'ws'

/** A client that sends any bytes it likes, and remembers all it was sent. */
export class RawClient {
  readonly ws: WebSocket
  readonly received: Uint8Array[] = []
  /** The close code, once the socket is closed. */
  readonly closed: Promise<number>
  #waiting: (() => void)[] = []

  constructor(url: string, headers: Record<string, string>) {
    this.ws = new WebSocket(url, { headers })
    this.ws.on('message', (data: Buffer) => {
      this.received.push(new Uint8Array(data))
      for (const wake of this.#waiting.splice(0)) wake()
    })
    this.closed = new Promise((resolve) => {
      this.ws.on('close', (code) => {
        resolve(code)
        for (const wake of this.#waiting.splice(0)) wake()
      })
    })
    this.ws.on('error', () => undefined)
  }

  async opened(): Promise<this> {
    if (this.ws.readyState === WebSocket.CONNECTING) await once(this.ws, 'open')
    return this
  }

  /** The first frame received that the test is true of, now or later. */
  async frame(isMeant: (frame: Uint8Array) => boolean): Promise<Uint8Array> {
    for (;;) {
      const found = this.received.find(isMeant)
      if (found) return found
      if (this.ws.readyState === WebSocket.CLOSED) throw new Error('The socket closed before the frame came')
      await new Promise<void>((resolve) => this.#waiting.push(resolve))
    }
  }

  send(...frames: (Uint8Array | string)[]): void {
    for (const frame of frames) this.ws.send(frame)
  }

  close(): void {
    this.ws.terminate()
  }
}

/** The HTTP status an upgrade was refused with, or 101. */
export function upgradeStatus(url: string, headers: Record<string, string>): Promise<number> {
  return new Promise((resolve, reject) => {
    const ws = new WebSocket(url, { headers })
    ws.on('open', () => {
      ws.terminate()
      resolve(101)
    })
    ws.on('unexpected-response', (request, response) => {
      request.destroy()
      resolve(response.statusCode ?? 0)
    })
    ws.on('error', reject)
  })
}
