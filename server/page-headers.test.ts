import { createServer } from 'node:http'
import { expect, test } from 'vitest'
import { listen, stopListening } from './listen.ts'
import { contentPolicy, guard } from './page-headers.ts'

test('every answer has a nonce of its own, and a client can’t choose it', async () => {
  const seen: (string | undefined)[] = []
  const server = createServer((request, response) => {
    guard(request, response, { isDev: false, isHttps: true })
    seen.push(`${request.headers['content-security-policy']}`)
    response.end()
  })
  await listen(server, { host: '127.0.0.1', port: 0 })
  const address = server.address()
  const url = `http://127.0.0.1:${address && typeof address === 'object' ? address.port : 0}/`
  const headers = { 'content-security-policy': "script-src 'nonce-mine'" }
  const [first, second] = [await fetch(url, { headers }), await fetch(url)]
  expect(first.headers.get('content-security-policy')).toBe(seen[0])
  expect(seen[0]).not.toContain('mine')
  expect(seen[1]).not.toBe(seen[0])
  expect(second.headers.get('x-content-type-options')).toBe('nosniff')
  expect(second.headers.get('strict-transport-security')).toBe('max-age=31536000')
  await stopListening(server, 1000)
})

test('only development may evaluate text, and nothing may run inline without the nonce', () => {
  expect(contentPolicy({ nonce: 'n', isDev: true })).toContain("'unsafe-eval'")
  const policy = contentPolicy({ nonce: 'n', isDev: false })
  expect(policy).not.toContain('unsafe-eval')
  expect(/script-src ([^;]*)/.exec(policy)?.[1]).toBe("'self' 'nonce-n' 'strict-dynamic'")
})

test('a form may be sent to this site only', () => {
  expect(contentPolicy({ nonce: 'n', isDev: false }).split('; ')).toContain("form-action 'self'")
})
