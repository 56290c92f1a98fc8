import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { adapterFor } from './adapter.ts'
import { startInMemory } from './embedded/start.ts'
import { applyMigrations, diffToSchema, listMigrations } from './migrate.ts'
import { embeddedVersion, openDatabase } from './open.ts'

let folder = ''
beforeAll(async () => {
  folder = await mkdtemp(path.join(tmpdir(), 'dagsorden-open-'))
})
afterAll(() => rm(folder, { recursive: true, force: true }))

test('schema and migrations agree, and a second apply does nothing', async () => {
  const database = await startInMemory()
  const adapter = adapterFor(database.url)
  expect(await diffToSchema(adapter)).toContain('CREATE TABLE "Item"')
  const names = (await listMigrations()).migrationDirectories.map((directory) => directory.path)
  expect(await applyMigrations(adapter)).toEqual(names)
  expect(await diffToSchema(adapter)).toBe('')
  expect(await applyMigrations(adapter)).toEqual([])
  await database.close()
})

test('a migration that fails is reported, not noted as applied', async () => {
  const database = await startInMemory()
  const adapter = adapterFor(database.url)
  await execute(adapter, 'CREATE TABLE "Item" (id int)')
  await expect(applyMigrations(adapter)).rejects.toThrow()
  await database.close()
})

test('a data folder keeps its rows, refuses a second opening and lets go when closed', async () => {
  const dataDir = path.join(folder, 'kept')
  const first = await openDatabase({ dataDir })
  await first.client.body.create({ data: { slug: 'kept', name: 'Kept' } })
  await expect(openDatabase({ dataDir })).rejects.toThrow(/in use by another Dagsorden process/)
  await first.close()
  const second = await openDatabase({ dataDir })
  expect(await second.client.body.count()).toBe(1)
  expect(second.kind).toBe('embedded')
  await second.close()
  expect((await readFile(path.join(dataDir, 'db/PG_VERSION'), 'utf8')).trim()).toBe(embeddedVersion)
})

test('a data folder of another PostgreSQL version is refused in one sentence', async () => {
  const dataDir = path.join(folder, 'kept')
  await writeFile(path.join(dataDir, 'db/PG_VERSION'), '17\n')
  await expect(openDatabase({ dataDir })).rejects.toThrow(
    /was made by PostgreSQL 17 and this version needs 18/,
  )
})

test('a data folder that is not a folder is refused in one sentence', async () => {
  const file = path.join(folder, 'file')
  await writeFile(file, '')
  await expect(openDatabase({ dataDir: path.join(file, 'data') })).rejects.toThrow(/can't be written to/)
})

test('a PostgreSQL that does not answer is refused in one sentence', async () => {
  const databaseUrl = 'postgresql://nobody@127.0.0.1:9/none'
  await expect(openDatabase({ dataDir: null, databaseUrl })).rejects.toThrow(
    /at DATABASE_URL could not be opened/,
  )
})

test('a migration noted as begun but not finished stops the opening', async () => {
  const database = await startInMemory()
  const adapter = adapterFor(database.url)
  await applyMigrations(adapter)
  await execute(adapter, 'UPDATE _prisma_migrations SET finished_at = NULL')
  await expect(applyMigrations(adapter)).rejects.toThrow()
  await database.close()
})

async function execute(factory: ReturnType<typeof adapterFor>, sql: string): Promise<void> {
  const adapter = await factory.connect()
  await adapter.executeScript(sql)
  await adapter.dispose()
}
