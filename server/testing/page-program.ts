import { createHash } from 'node:crypto'
import { createServer, type IncomingMessage, type RequestListener } from 'node:http'
import { text } from 'node:stream/consumers'
import { livePath, orderSchema, ready } from '../pages/messages.ts'

/*
 * A process of pages with pages of its own, to watch what lies between: it speaks the contract of
 * `pages/messages.ts`, and each path does what its name says.
 */

const [, , socket] = process.argv
let isHanging = false
let cut = 0

const paths: Record<string, RequestListener> = {
  [livePath]: (_, response) => isHanging || response.end('alive'),
  '/pid': (_, response) => response.end(`${process.pid}`),
  '/cut': (_, response) => response.end(`${cut}`),
  '/echo': (request, response) => {
    const head = { method: request.method, url: request.url, headers: request.headers }
    response.writeHead(201, {
      'set-cookie': ['a=1', 'b=2'],
      'x-kept': 'yes',
      connection: 'x-own',
      'x-own': '1',
    })
    void text(request).then((body) => response.end(JSON.stringify({ ...head, body })))
  },
  '/hash': async (request, response) => {
    const hash = createHash('sha256')
    for await (const chunk of request) hash.update(chunk)
    response.end(hash.digest('hex'))
  },
  // Answers each chunk as it comes, before the request has ended.
  '/mirror': (request, response) => {
    response.flushHeaders()
    request.pipe(response)
  },
  '/unread': (_, response) => response.writeHead(413).end('too much'),
  '/endless': (_, response) => {
    const timer = setInterval(() => response.write('x'), 1)
    response.once('close', () => {
      clearInterval(timer)
      cut++
    })
  },
  '/half-and-die': (_, response) => {
    response.write('half', () => process.exit(3))
  },
  '/die': () => process.exit(3),
  '/hang': (_, response) => {
    isHanging = true
    response.end()
  },
}

const server = createServer((request, response) => paths[request.url ?? '']?.(request, response))
server.on('upgrade', (request: IncomingMessage, stream, head) => {
  stream.unshift(head)
  stream.write(`HTTP/1.1 101 Switching Protocols\r\nupgrade: ${request.headers.upgrade}\r\n\r\n`)
  stream.pipe(stream)
})
process.on('disconnect', () => process.exit(1))
process.on('message', (message) => {
  if (orderSchema.parse(message).kind === 'stop') process.exit(0)
  server.listen(socket, () => process.send?.(ready))
})
