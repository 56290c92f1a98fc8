import { type ChildProcess, spawn } from 'node:child_process'
import { createHash } from 'node:crypto'
import { once } from 'node:events'
import { request as ask, createServer, type IncomingMessage, type Server } from 'node:http'
import { connect } from 'node:net'
import { text } from 'node:stream/consumers'
import { fileURLToPath } from 'node:url'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { listen, stopListening } from './listen.ts'
import { PageChild } from './pages/child.ts'

const program = fileURLToPath(new URL('testing/page-program.ts', import.meta.url))
const given = {
  authSecret: 'x'.repeat(32),
  database: { url: 'postgresql://nobody', kind: 'postgresql' },
} as const
const settings = { isDev: false, program, firstPause: 10, longestPause: 40, askEvery: 20, patience: 5000 }

let child: PageChild
let door: Server
let port: number

beforeAll(async () => {
  child = new PageChild(settings)
  door = createServer((request, response) => child.proxy.pass(request, response))
  door.on('upgrade', (request, socket, head) => child.proxy.passUpgrade(request, socket, head))
  await listen(door, { host: '127.0.0.1', port: 0 })
  const address = door.address()
  port = address && typeof address === 'object' ? address.port : 0
})

afterAll(async () => {
  await stopListening(door, 100)
  await child.stop()
})

type Asked = { method?: string; headers?: Record<string, string>; body?: string | Buffer }

function send(path: string, { method = 'GET', headers = {}, body }: Asked = {}): Promise<IncomingMessage> {
  return new Promise((resolve, reject) => {
    const asked = ask({ port, path, method, headers, agent: false }, resolve)
    asked.on('error', reject)
    asked.end(body)
  })
}

const say = async (path: string, asked?: Asked) => text(await send(path, asked))

/** Asks until the pages answer; each try waits for an answer, so no time is guessed. */
async function answered(path: string): Promise<string> {
  for (;;) {
    const answer = await send(path)
    const said = await text(answer)
    if (answer.statusCode !== 503) return said
  }
}

test('[R80] before the pages answer a browser gets a page in its language, and a script a code', async () => {
  const danish = await send('/', { headers: { accept: 'text/html' } })
  expect([danish.statusCode, danish.headers['retry-after']]).toEqual([503, '2'])
  expect(await text(danish)).toMatch(/<html lang="da">[\s\S]*Siderne starter/)
  const english = await say('/', { headers: { accept: 'text/html', cookie: 'locale=en' } })
  expect(english).toMatch(/<html lang="en">[\s\S]*The pages are just starting/)
  expect(await say('/api/import', { method: 'POST', body: 'x'.repeat(100_000) })).toBe(
    '{"code":"pages-away"}',
  )
  child.serve(given)
  await child.answers
  expect(Number(await say('/pid'))).toBeGreaterThan(0)
})

describe('[R81] A request is passed as it came', () => {
  test('with its headers but those of the connection, and the client’s address', async () => {
    const headers = {
      host: 'dagsorden.test',
      cookie: 'a=1; b=2',
      connection: 'close, x-mine',
      'x-mine': 'private',
      te: 'trailers',
      'x-forwarded-for': '10.1.2.3',
      'x-other': 'æøå'.replace(/./g, (letter) => Buffer.from(letter).toString('latin1')),
    }
    const answer = await send('/echo', { method: 'POST', headers, body: Buffer.from('words') })
    const echo = JSON.parse(await text(answer))
    expect(echo).toMatchObject({ method: 'POST', url: '/echo', body: 'words' })
    expect(echo.headers).toMatchObject({
      host: 'dagsorden.test',
      cookie: 'a=1; b=2',
      'x-other': headers['x-other'],
      'x-forwarded-for': '10.1.2.3, 127.0.0.1',
    })
    expect(Object.keys(echo.headers)).not.toEqual(expect.arrayContaining(['x-mine']))
    expect(Object.keys(echo.headers)).not.toEqual(expect.arrayContaining(['te']))
    expect([answer.statusCode, answer.headers['set-cookie'], answer.headers['x-kept']]).toEqual([
      201,
      ['a=1', 'b=2'],
      'yes',
    ])
    expect(answer.headers).not.toHaveProperty('x-own')
    expect(answer.rawHeaders.filter((name) => name.toLowerCase() === 'date')).toHaveLength(1)
  })

  test('with a body of known or unknown length, whole', async () => {
    const body = Buffer.alloc(20 * 1024 * 1024, 'Dagsorden')
    const digest = createHash('sha256').update(body).digest('hex')
    const known = { 'content-length': `${body.length}` }
    expect(await say('/hash', { method: 'POST', headers: known, body })).toBe(digest)
    expect(await say('/hash', { method: 'POST', headers: { 'transfer-encoding': 'chunked' }, body })).toBe(
      digest,
    )
  })

  test('in pieces, both ways, before either end is done', async () => {
    const asked = ask({ port, path: '/mirror', method: 'POST', agent: false })
    asked.flushHeaders()
    const [answer] = (await once(asked, 'response')) as [IncomingMessage]
    for (const word of ['one', 'two', 'three']) {
      asked.write(word)
      expect(String((await once(answer, 'data'))[0])).toBe(word)
    }
    asked.end()
    await once(answer, 'end')
  })

  test('and answered before its body was read', async () => {
    const answer = await send('/unread', { method: 'POST', body: Buffer.alloc(5_000_000) })
    expect([answer.statusCode, await text(answer)]).toEqual([413, 'too much'])
  })

  test('at the pace of the slower end: what nobody reads is not piled up', async () => {
    const asked = ask({ port, path: '/mirror', method: 'POST', agent: false })
    asked.flushHeaders()
    const [answer] = (await once(asked, 'response')) as [IncomingMessage]
    answer.pause()
    const piece = Buffer.alloc(1024 * 1024)
    let written = 0
    // The kernel's buffers on the way take a few megabytes; then the writer must be made to wait.
    while (asked.write(piece) || (await drained(asked))) {
      if (++written > 200) break
    }
    expect(written).toBeLessThan(100)
    asked.destroy()
  })

  test('and so is an upgrade, with all that follows', async () => {
    const socket = connect(port, '127.0.0.1')
    socket.write('GET /_next/hmr HTTP/1.1\r\nHost: a\r\nConnection: Upgrade\r\nUpgrade: toy\r\n\r\nearly')
    let heard = ''
    for await (const data of socket) {
      heard += data
      if (heard.endsWith('early')) socket.write('late')
      if (heard.endsWith('late')) break
    }
    expect(heard).toMatch(/^HTTP\/1\.1 101 .*upgrade: toy\r\n\r\nearlylate$/s)
  })
})

test('[R82] who hangs up is hung up on at the other end', async () => {
  const before = Number(await say('/cut'))
  const answer = await send('/endless')
  await once(answer, 'data')
  answer.destroy()
  while (Number(await say('/cut')) === before);
  const half = await send('/half-and-die')
  await expect(text(half)).rejects.toThrow('aborted')
})

test('[R83] pages that die are started again, and again', async () => {
  const pids = new Set([await answered('/pid')])
  for (let at = 0; at < 3; at++) {
    expect((await send('/die')).statusCode).toBe(503)
    pids.add(await answered('/pid'))
  }
  expect(pids.size).toBe(4)
})

test('[R83] pages that no longer answer are ended and started again', async () => {
  const hanging = new PageChild({ ...settings, patience: 200 })
  hanging.serve(given)
  await hanging.answers
  const pid = await hanging.proxy.text('/pid', 1000)
  await hanging.proxy.text('/hang', 1000)
  const isSame = () =>
    hanging.proxy.text('/pid', 1000).then(
      (now) => now === pid,
      () => true,
    )
  while (await isSame());
  await hanging.stop()
})

test('[R83] pages that die before they ever answered are told of', async () => {
  const broken = new PageChild({
    ...settings,
    program: fileURLToPath(new URL('nowhere.ts', import.meta.url)),
  })
  await expect(broken.answers).rejects.toThrow('before it answered')
  await broken.stop()
})

test('[R84] when the parent is killed the pages end too', async () => {
  const code = `
    import { PageChild } from ${JSON.stringify(new URL('pages/child.ts', import.meta.url).href)}
    const child = new PageChild({ isDev: false, program: ${JSON.stringify(program)} })
    child.serve(${JSON.stringify(given)})
    await child.answers
    process.stdout.write(await child.proxy.text('/pid', 1000))`
  const parent: ChildProcess = spawn(
    process.execPath,
    ['--import', 'tsx', '--input-type=module', '--eval', code],
    { stdio: ['ignore', 'pipe', 'inherit'] },
  )
  if (!parent.stdout) throw new Error('No output')
  await once(parent.stdout, 'data')
  parent.kill('SIGKILL')
  // The pages hold the same output open as long as they live.
  await once(parent.stdout, 'close')
  expect(parent.signalCode).toBe('SIGKILL')
})

test('[R84] pages are stopped in order, and nothing of them is left', async () => {
  const stopped = new PageChild(settings)
  stopped.serve(given)
  await stopped.answers
  const pid = Number(await stopped.proxy.text('/pid', 1000))
  await stopped.stop()
  expect(() => process.kill(pid, 0)).toThrow('ESRCH')
})

/** Waits until more may be written; false when that does not come within a second. */
async function drained(asked: ReturnType<typeof ask>): Promise<boolean> {
  const late = new Promise<false>((resolve) => setTimeout(() => resolve(false), 1000))
  return Promise.race([once(asked, 'drain').then(() => true), late])
}
