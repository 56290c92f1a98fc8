import {
  Agent,
  request as ask,
  type ClientRequest,
  type IncomingMessage,
  type ServerResponse,
} from 'node:http'
import { connect } from 'node:net'
import { type Duplex, pipeline } from 'node:stream'
import { text } from 'node:stream/consumers'

// What two neighbours agree about their connection, and no concern of the next; RFC 9110, 7.6.1.
const hopByHop = new Set([
  'connection',
  'keep-alive',
  'proxy-authenticate',
  'proxy-authorization',
  'proxy-connection',
  'te',
  'trailer',
  'transfer-encoding',
  'upgrade',
  // Answered here already: Node asks the client to continue by itself.
  'expect',
])

/**
 * Passes requests to the server on a local socket as they come: bodies flow both ways at the pace of the slower end,
 * and who hangs up on one side is hung up on at the other. `away` answers what could not be passed.
 */
export class PageProxy {
  readonly #socketPath: string
  readonly #away: (request: IncomingMessage, response: ServerResponse) => void
  readonly #agent = new Agent({ keepAlive: true, maxFreeSockets: 32 })

  constructor(
    socketPath: string,
    { away }: { away: (request: IncomingMessage, response: ServerResponse) => void },
  ) {
    this.#socketPath = socketPath
    this.#away = away
  }

  /** Passes a request and its answer. */
  pass(request: IncomingMessage, response: ServerResponse): void {
    const asked = this.#ask(request)
    asked.on('response', (answer) => {
      response.writeHead(answer.statusCode ?? 502, answer.statusMessage, endToEnd(answer))
      response.write(nothing)
      pipeline(answer, response, () => undefined)
    })
    asked.on('error', () => {
      if (response.headersSent) response.destroy()
      else if (!response.destroyed) this.#away(request, response)
    })
    response.on('close', () => {
      if (!response.writableFinished) asked.destroy()
    })
    if (!hasBody(request)) return void asked.end()
    asked.write(nothing)
    request.pipe(asked)
  }

  /** Passes an upgrade, and all that follows on its socket. */
  passUpgrade(request: IncomingMessage, socket: Duplex, head: Buffer): void {
    const asked = connect(this.#socketPath)
    const lines = request.rawHeaders.flatMap((name, at, all) => (at % 2 ? [] : [`${name}: ${all[at + 1]}`]))
    asked.write(`${request.method} ${request.url} HTTP/1.1\r\n${lines.join('\r\n')}\r\n\r\n`, 'latin1')
    asked.write(head)
    for (const [one, other] of [
      [socket, asked],
      [asked, socket],
    ] as const) {
      one.on('error', () => other.destroy())
      one.on('close', () => other.destroy())
      one.pipe(other)
    }
  }

  /** Asks the server itself for a text. Throws when it does not answer 200 within `patience` ms. */
  text(path: string, patience: number): Promise<string> {
    const signal = AbortSignal.timeout(patience)
    return new Promise((resolve, reject) => {
      const asked = ask({ socketPath: this.#socketPath, path, agent: this.#agent, signal })
      asked.once('error', reject)
      asked.once('response', (answer) => {
        if (answer.statusCode === 200) text(answer).then(resolve, reject)
        else reject(new Error(`The pages answered ${answer.statusCode}`))
      })
      asked.end()
    })
  }

  /** Lets go of the connections that wait for requests. */
  close(): void {
    this.#agent.destroy()
  }

  #ask(request: IncomingMessage): ClientRequest {
    return ask({
      socketPath: this.#socketPath,
      agent: this.#agent,
      method: request.method,
      path: request.url,
      headers: forwarded(request),
      setHost: false,
    })
  }
}

// Sends the head at once, so that it does not wait for the first bytes of the body; `flushHeaders` would send it as
// UTF-8, and headers are not.
const nothing = Buffer.alloc(0)

function hasBody({ headers }: IncomingMessage): boolean {
  return headers['transfer-encoding'] !== undefined || headers['content-length'] !== undefined
}

/** The headers for the next server: without those of this connection, and with the client's address. */
function forwarded(request: IncomingMessage): Record<string, string | string[]> {
  const own = named(request.headers.connection)
  const kept: Record<string, string | string[]> = {}
  for (const [name, value] of Object.entries(request.headers)) {
    if (value !== undefined && !hopByHop.has(name) && !own.has(name)) kept[name] = value
  }
  const { remoteAddress } = request.socket
  const before = request.headers['x-forwarded-for']
  if (remoteAddress) kept['x-forwarded-for'] = [before, remoteAddress].flat().filter(Boolean).join(', ')
  if (request.headers['transfer-encoding'] !== undefined) kept['transfer-encoding'] = 'chunked'
  return kept
}

/** An answer's headers as they came, in order and repeated where they were. */
function endToEnd(answer: IncomingMessage): string[] {
  const own = named(answer.headers.connection)
  return answer.rawHeaders.filter((_, at, all) => {
    const name = all[at - (at % 2)]?.toLowerCase() ?? ''
    return !hopByHop.has(name) && !own.has(name)
  })
}

function named(connection: string | undefined): Set<string> {
  return new Set((connection ?? '').split(',').map((name) => name.trim().toLowerCase()))
}
