import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { createServer, get, type IncomingMessage } from 'node:http'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { brotliDecompressSync } from 'node:zlib'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { listen, stopListening } from '../listen.ts'
import { compressStatic, serveStatic } from './static.ts'

const folder = mkdtempSync(path.join(tmpdir(), 'static-'))
const script = 'export const words = "ord og atter ord"\n'.repeat(200)
const server = createServer()
let port = 0

beforeAll(async () => {
  writeFileSync(path.join(folder, 'chunk.js'), script)
  writeFileSync(path.join(folder, 'picture.png'), Buffer.from([0x89, 0x50]))
  await compressStatic(folder)
  server.on(
    'request',
    serveStatic(folder, (request, response) => {
      response.statusCode = 404
      response.end(`next ${request.url}`)
    }),
  )
  await listen(server, { host: '127.0.0.1', port: 0 })
  const address = server.address()
  port = address && typeof address === 'object' ? address.port : 0
})
afterAll(async () => {
  await stopListening(server, 1000)
  rmSync(folder, { recursive: true, force: true })
})

function ask(url: string, encoding: string): Promise<{ head: IncomingMessage; body: Buffer }> {
  return new Promise((resolve, reject) => {
    get({ host: '127.0.0.1', port, path: url, headers: { 'accept-encoding': encoding } }, (head) => {
      const parts: Buffer[] = []
      head.on('data', (part: Buffer) => parts.push(part))
      head.on('end', () => resolve({ head, body: Buffer.concat(parts) }))
    }).on('error', reject)
  })
}

test('a built script comes compressed, is kept for good, and says the same', async () => {
  const { head, body } = await ask('/_next/static/chunk.js', 'gzip, br')
  expect(head.headers).toMatchObject({
    'content-encoding': 'br',
    'cache-control': 'public,max-age=31536000,immutable',
    'x-content-type-options': 'nosniff',
  })
  expect(head.headers['content-type']).toMatch(/javascript/)
  expect(body.length).toBeLessThan(script.length / 10)
  expect(brotliDecompressSync(body).toString()).toBe(script)
})

test('who can’t unpack gets it plain, and what is small already stays as it is', async () => {
  expect((await ask('/_next/static/chunk.js', 'identity')).body.toString()).toBe(script)
  expect((await ask('/_next/static/picture.png', 'br')).head.headers['content-encoding']).toBeUndefined()
})

test.each(['/_next/static/none.js', '/moeder', '/_next/static/../../package.json', '/_next/static/%2e%2e/x'])(
  '%s goes on to the pages',
  async (url) => {
    const { head, body } = await ask(url, 'br')
    expect(head.statusCode).toBe(404)
    expect(body.toString()).toBe(`next ${url}`)
  },
)
