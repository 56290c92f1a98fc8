import { type ChildProcess, spawn } from 'node:child_process'
import { mkdtemp, rm, stat } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { afterAll, beforeAll, expect, test } from 'vitest'
import type { OpenDatabase } from '@/lib/db.ts'
import { attachDatabase, openDatabase } from '../open.ts'

let folder = ''
let first: OpenDatabase
let second: OpenDatabase

beforeAll(async () => {
  folder = await mkdtemp(path.join(tmpdir(), 'dagsorden-shared-'))
  first = await openDatabase({ dataDir: folder })
  second = attachDatabase(first)
})
afterAll(async () => {
  await second.close()
  await first.close()
  await rm(folder, { recursive: true, force: true })
})

const increment = (database: OpenDatabase, id: string) =>
  database.client.$transaction(async (tx) => {
    const { name } = await tx.body.findUniqueOrThrow({ where: { id } })
    await tx.body.update({ where: { id }, data: { name: `${Number(name) + 1}` } })
  })

test('two connections read, modify and write in transactions, and no update is lost', async () => {
  const { id } = await first.client.body.create({ data: { slug: 'counter', name: '0' } })
  const work = Array.from({ length: 20 }, (_, at) => increment(at % 2 ? first : second, id))
  await Promise.all(work)
  expect((await second.client.body.findUniqueOrThrow({ where: { id } })).name).toBe('20')
})

test('a process that is killed within a transaction changes nothing and holds nobody up', async () => {
  const { id } = await first.client.body.create({ data: { slug: 'killed', name: '0' } })
  const child = await inTransaction(first.url, id)
  child.kill('SIGKILL')
  await increment(second, id)
  expect((await first.client.body.findUniqueOrThrow({ where: { id } })).name).toBe('1')
})

test('the main thread answers while the database is busy', async () => {
  const busy = first.client.$queryRaw`SELECT count(*) FROM generate_series(1, 3000000)`
  let turns = 0
  const turning = setInterval(() => turns++, 1)
  await busy
  clearInterval(turning)
  expect(turns).toBeGreaterThan(3)
})

test('only this user reaches the socket', async () => {
  const sockets = path.join(folder, 'session')
  expect((await stat(sockets)).mode & 0o077).toBe(0)
  expect((await stat(path.join(sockets, '.s.PGSQL.5432'))).mode & 0o077).toBe(0)
})

/** A process of its own that has changed a row in a transaction it does not end. */
function inTransaction(url: string, id: string): Promise<ChildProcess> {
  const script = `
    import pg from 'pg'
    const client = new pg.Client({ connectionString: ${JSON.stringify(url)} })
    await client.connect()
    await client.query('BEGIN')
    await client.query('UPDATE "Body" SET "name" = $1 WHERE "id" = $2', ['999', ${JSON.stringify(id)}])
    process.stdout.write('changed')
    setInterval(() => undefined, 1000)`
  const child = spawn(process.execPath, ['--input-type=module', '-e', script], {
    stdio: ['ignore', 'pipe', 'inherit'],
  })
  return new Promise((resolve, reject) => {
    child.stdout.once('data', () => resolve(child))
    child.once('exit', (code) => reject(new Error(`The process ended with ${code}`)))
  })
}
