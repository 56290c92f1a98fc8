import { type ChildProcess, spawn } from 'node:child_process'
import { once } from 'node:events'
import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { PrismaPg } from '@prisma/adapter-pg'
import { afterAll, afterEach, beforeAll, describe, expect, test } from 'vitest'
import { childEnvironment } from '@/lib/env.ts'
import { projectRoot } from '@/prisma/root.ts'
import { askForServer } from '@/prisma/testing/each-store.ts'
import { newPostgres } from '@/prisma/testing/postgres.ts'
import { freePort } from './testing/free-port.ts'

const server = await askForServer()
const running: ChildProcess[] = []

let database: Awaited<ReturnType<typeof newPostgres>>
let folder: string

afterEach(async () => {
  await Promise.all(running.splice(0).map((child) => ended(child, 'SIGKILL')))
})

type Started = { child: ChildProcess; port: number; output: () => string }

/** A real process from its sources; it settles when it greets, or with what it said when it ends instead. */
async function start(env: Record<string, string>): Promise<Started> {
  const port = await freePort()
  const given = { PORT: `${port}`, DATA_DIR: folder, AUTH_SECRET: 'x'.repeat(32), ...env }
  const child = spawn(process.execPath, ['--import', 'tsx', 'server/main.ts'], {
    cwd: projectRoot,
    env: childEnvironment(given),
    stdio: ['ignore', 'pipe', 'pipe'],
  })
  running.push(child)
  let output = ''
  await new Promise<void>((resolve, reject) => {
    for (const stream of [child.stdout, child.stderr]) {
      stream.setEncoding('utf8').on('data', (said: string) => {
        output += said
        if (output.includes('Dagsorden is ready')) resolve()
      })
    }
    child.once('close', () => reject(new Error(output)))
  })
  return { child, port, output: () => output }
}

async function ended(child: ChildProcess, signal: NodeJS.Signals): Promise<number | null> {
  if (child.exitCode !== null || child.signalCode !== null) return child.exitCode
  child.kill(signal)
  const [code] = (await once(child, 'exit')) as [number | null]
  return code
}

const ask = (port: number, path: string, init?: RequestInit) => fetch(`http://127.0.0.1:${port}${path}`, init)

describe.skipIf(server.url === null)('Processes on one PostgreSQL', () => {
  beforeAll(async () => {
    folder = await mkdtemp(path.join(tmpdir(), 'dagsorden-main-'))
    database = await newPostgres(server.url ?? '')
  })

  afterAll(async () => {
    await database.drop()
    await rm(folder, { recursive: true })
  })

  test('[R85] three that start at once migrate it and fill it with the demo once', async () => {
    const env = { ROLE: 'sync', DATABASE_URL: database.url }
    const started = await Promise.all([start(env), start(env), start(env)])
    const reader = await new PrismaPg({ connectionString: database.url }).connect()
    const counts = await reader.queryRaw({
      sql: `SELECT (SELECT count(*)::int FROM "Body"), (SELECT count(*)::int FROM "Meeting"),
        (SELECT count(*)::int FROM _prisma_migrations) = (SELECT count(DISTINCT migration_name)::int FROM _prisma_migrations)`,
      args: [],
      argTypes: [],
    })
    await reader.dispose()
    expect(counts.rows).toEqual([[1, 1, true]])
    for (const { port } of started) {
      const health = await ask(port, '/api/health')
      expect([health.status, await health.json()]).toEqual([
        200,
        { status: 'ready', codes: [], role: 'sync', store: 'postgresql', pages: null },
      ])
      expect((await ask(port, '/log-ind')).status).toBe(404)
    }
    expect(await Promise.all(started.map(({ child }) => ended(child, 'SIGTERM')))).toEqual([0, 0, 0])
  })

  test('[R92] a sync server gives its figures', async () => {
    const { port } = await start({ ROLE: 'sync', DATABASE_URL: database.url })
    const metrics = await ask(port, '/api/metrics')
    const text = await metrics.text()
    expect(metrics.headers.get('content-type')).toMatch(/^text\/plain; version=0\.0\.4/)
    expect(text).toMatch(/^dagsorden_sync_connections 0$/m)
    const names = [...text.matchAll(/^# TYPE (\S+)/gm)].map(([, name]) =>
      name?.replace('dagsorden_sync_', ''),
    )
    expect(names).toEqual([
      'connections',
      'rooms',
      'frames_received_total',
      'frames_delivered_total',
      'unsaved_frames',
      'save_seconds',
      'refusals_total',
      'garbled_signals_total',
      'event_loop_delay_seconds',
      'resident_bytes',
      'heap_bytes',
      'cpu_seconds_total',
    ])
    expect(text).not.toContain('dagsorden_pages')
  })
})

test('a role of its own is refused on the embedded store with one sentence', async () => {
  folder = await mkdtemp(path.join(tmpdir(), 'dagsorden-main-'))
  const refusal = start({ ROLE: 'web', DATABASE_URL: '' })
  await expect(refusal).rejects.toThrow(
    /^ROLE=web needs DATABASE_URL: the embedded database serves one process, with ROLE=all\.\n$/,
  )
  await rm(folder, { recursive: true })
})
