import { request as ask, createServer, type IncomingMessage, type Server } from 'node:http'
import { text } from 'node:stream/consumers'
import { afterEach, describe, expect, test } from 'vitest'
import { appliedMigrations, storeKind } from '@/lib/db.ts'
import { type Env, readEnv } from '@/lib/env.ts'
import { listMigrations } from '@/prisma/migrate.ts'
import { eachStore } from '@/prisma/testing/each-store.ts'
import { type Behind, openDoor } from './door.ts'
import { HealthCheck, type HealthSources } from './health.ts'
import { listen, stopListening } from './listen.ts'

let server: Server | null = null

afterEach(async () => {
  if (server) await stopListening(server, 100)
  server = null
})

function settings(source: Record<string, string> = {}): Env {
  const answer = readEnv(source)
  if (!answer.ok) throw new Error(answer.sentence)
  return { ...answer.env, authSecret: 'x'.repeat(32) }
}

const healthy: HealthSources = {
  role: 'all',
  store: 'embedded',
  migrations: ['one'],
  applied: async () => ['one'],
  pages: null,
}

async function open(behind: Partial<Behind> & { sources?: Partial<HealthSources> } = {}): Promise<void> {
  server = createServer(
    openDoor({
      env: settings(),
      health: new HealthCheck({ ...healthy, ...behind.sources }),
      metrics: async () => 'figures',
      pages: (_, response) => response.end('a page'),
      ...behind,
    }),
  )
  await listen(server, { host: '127.0.0.1', port: 0 })
}

function get(path: string, headers: Record<string, string> = {}): Promise<IncomingMessage> {
  const address = server?.address()
  const port = address && typeof address === 'object' ? address.port : 0
  return new Promise((resolve, reject) => {
    const asked = ask({ port, path, headers, agent: false }, resolve)
    asked.on('error', reject)
    asked.end()
  })
}

async function said(path: string, headers?: Record<string, string>): Promise<[number | undefined, unknown]> {
  const answer = await get(path, headers)
  const body = await text(answer)
  const isJson = answer.headers['content-type'] === 'application/json'
  return [answer.statusCode, isJson ? JSON.parse(body) : body]
}

describe('What is not the door’s own', () => {
  test('goes to the pages, whose names may look like it', async () => {
    await open()
    expect(await said('/')).toEqual([200, 'a page'])
    expect(await said('/api/healthy')).toEqual([200, 'a page'])
    expect(await said('/api/auth/session?x=/api/metrics')).toEqual([200, 'a page'])
  })

  test('is not found where there are no pages', async () => {
    await open({ pages: undefined })
    expect(await said('/')).toEqual([404, { code: 'not-found' }])
    expect((await said('/api/health'))[0]).toBe(200)
  })

  test('is not answered to a stranger’s name while anybody may sign in as anybody', async () => {
    await open()
    expect((await said('/', { host: 'ond.example' }))[0]).toBe(421)
    expect((await said('/api/health', { host: 'ond.example' }))[0]).toBe(421)
  })
})

await eachStore('Health on a database', () => {
  test('[R90] ready only with a database that answers and has had every migration', async () => {
    const { migrationDirectories } = await listMigrations()
    const migrations = migrationDirectories.map(({ path }) => path)
    expect(migrations.length).toBeGreaterThan(1)
    const sources = { applied: appliedMigrations, migrations, store: storeKind() }
    await open({ sources })
    const ready = { status: 'ready', codes: [], role: 'all', store: storeKind(), pages: null }
    expect(await said('/api/health')).toEqual([200, ready])
    await open({ sources: { ...sources, migrations: [...migrations, '20991231_next'] } })
    expect(await said('/api/health?now')).toEqual([
      503,
      { ...ready, status: 'not-ready', codes: ['migrations-missing'] },
    ])
  })
})

describe('Health', () => {
  test('[R90] a database that does not answer is told in time, and life is told all the same', async () => {
    const silent = new Promise<never>(() => undefined)
    await open({ sources: { applied: () => silent, patience: 20 } })
    expect(await said('/api/health')).toMatchObject([503, { codes: ['database-away'] }])
    expect(await said('/api/health/live')).toEqual([200, { status: 'alive' }])
    await open({ sources: { applied: () => Promise.reject(new Error('password is hunter2')) } })
    expect(await said('/api/health')).toMatchObject([503, { codes: ['database-away'] }])
  })

  test('[R90] however often it is asked, the database is asked once at a time', async () => {
    let asked = 0
    const applied = async () => {
      asked++
      return ['one']
    }
    await open({ sources: { applied } })
    await Promise.all(Array.from({ length: 20 }, () => said('/api/health')))
    expect(asked).toBe(1)
  })

  test('[R90] pages that are away are told, and do not make the process unready', async () => {
    let answers = false
    await open({ sources: { pages: () => answers } })
    expect(await said('/api/health')).toMatchObject([200, { pages: 'away' }])
    answers = true
    expect(await said('/api/health')).toMatchObject([200, { pages: 'answering' }])
  })

  test('[R90] a process that stops is not ready', async () => {
    const health = new HealthCheck(healthy)
    await open({ health })
    health.stop()
    expect(await said('/api/health')).toMatchObject([503, { codes: ['stopping'] }])
  })
})

describe('[R91] Metrics are given', () => {
  const figures = [200, 'figures']
  const nothing = [403, { code: 'forbidden' }]

  test.each([
    ['to this machine', {}, figures],
    ['not to a proxy on it', { 'x-forwarded-for': '10.0.0.1' }, nothing],
    ['not to a proxy that says who it is only', { via: '1.1 proxy' }, nothing],
    ['not under another name', { host: 'dagsorden.example' }, nothing],
  ])('without a token: %s', async (_, headers, answer) => {
    const mail = {
      SMTP_URL: 'smtp://mail.test',
      MAIL_FROM: 'a@b.test',
      PUBLIC_URL: 'https://dagsorden.example',
    }
    await open({ env: settings(mail) })
    expect(await said('/api/metrics', headers)).toEqual(answer)
  })

  test.each([
    ['nobody', {}, nothing],
    ['who knows another', { authorization: `Bearer ${'y'.repeat(16)}` }, nothing],
    ['who knows its beginning', { authorization: `Bearer ${'x'.repeat(15)}` }, nothing],
    ['who says it otherwise', { authorization: 'x'.repeat(16) }, nothing],
    ['who knows it', { authorization: `Bearer ${'x'.repeat(16)}` }, figures],
  ])('with a token: to %s', async (_, headers, answer) => {
    await open({ env: settings({ METRICS_TOKEN: 'x'.repeat(16) }) })
    expect(await said('/api/metrics', headers)).toEqual(answer)
  })

  test('and a failure to read them is told as such', async () => {
    await open({ metrics: () => Promise.reject(new Error('broken')) })
    expect(await said('/api/metrics')).toEqual([500, { code: 'unexpected' }])
  })
})
