import { once } from 'node:events'
import { createServer } from 'node:http'
import { connect } from 'node:net'
import { expect, test } from 'vitest'
import { listen, patientServer, stopListening } from './listen.ts'

function portOf(server: ReturnType<typeof createServer>): number {
  const address = server.address()
  return address && typeof address === 'object' ? address.port : 0
}

test('a port in use is refused in one sentence', async () => {
  const first = createServer()
  await listen(first, { host: '127.0.0.1', port: 0 })
  const port = portOf(first)
  await expect(listen(createServer(), { host: '127.0.0.1', port })).rejects.toThrow(
    `Port ${port} on 127.0.0.1 is in use; stop what uses it or set PORT to another.`,
  )
  await stopListening(first, 1000)
})

test('an address of another machine is refused in one sentence', async () => {
  await expect(listen(createServer(), { host: '192.0.2.1', port: 3000 })).rejects.toThrow(
    'HOST 192.0.2.1 is not an address of this machine.',
  )
})

test('a request under way is answered before the server has stopped', async () => {
  let answer = () => {}
  let arrived = () => {}
  const arrival = new Promise<void>((resolve) => {
    arrived = resolve
  })
  const server = createServer((_request, response) => {
    answer = () => response.end('late')
    arrived()
  })
  await listen(server, { host: '127.0.0.1', port: 0 })
  const response = fetch(`http://127.0.0.1:${portOf(server)}/`)
  await arrival
  const stopped = stopListening(server, 5000)
  answer()
  expect(await (await response).text()).toBe('late')
  await stopped
})

test('a request that never ends is cut off after the patience', async () => {
  const server = createServer(() => undefined)
  await listen(server, { host: '127.0.0.1', port: 0 })
  const response = fetch(`http://127.0.0.1:${portOf(server)}/`)
  const failed = expect(response).rejects.toThrow()
  await new Promise((resolve) => server.once('request', resolve))
  await stopListening(server, 10)
  await failed
})

test('[R57] who connects and says nothing, or only half, is cut off', async () => {
  const server = patientServer(100)
  await listen(server, { host: '127.0.0.1', port: 0 })
  const sockets = ['', 'GET / HT', 'GET / HTTP/1.1\r\nHost: a\r\nX-Long: '].map((said) => {
    const socket = connect(portOf(server), '127.0.0.1')
    socket.on('error', () => undefined).resume()
    socket.write(said)
    return socket
  })
  await Promise.all(sockets.map((socket) => once(socket, 'close')))
  await stopListening(server, 1000)
})
