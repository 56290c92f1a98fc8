import { createHash, randomUUID } from 'node:crypto'
import { readFile, rename, writeFile } from 'node:fs/promises'
import { tmpdir, userInfo } from 'node:os'
import path from 'node:path'
import { type OpenDatabase, setDatabase } from '@/lib/db.ts'
import { adapterFor } from '../adapter.ts'
import { startInMemory } from '../embedded/start.ts'
import { applyMigrations, listMigrations } from '../migrate.ts'
import { embeddedVersion, openDatabase } from '../open.ts'

/** A database of a test: the one of the process until it is closed. */
export type TestDatabase = { client: OpenDatabase['client']; close: () => Promise<void> }

/** Opens a fresh, migrated and empty embedded database in memory and makes it the process's own. */
export async function testDatabase(): Promise<TestDatabase> {
  return adopt(await openDatabase({ dataDir: null, dump: await migratedDump() }))
}

/** Makes an open database the process's own until it is closed. */
export function adopt(database: OpenDatabase): TestDatabase {
  setDatabase(database)
  const close = async () => {
    setDatabase(null)
    await database.close()
  }
  return { client: database.client, close }
}

/**
 * A migrated and empty embedded database as a tar of its folder. Making one takes seconds and loading it a fraction,
 * so one is made per set of migrations and kept.
 */
export async function migratedDump(): Promise<Blob> {
  const { migrationDirectories } = await listMigrations()
  const key = createHash('sha256')
    .update(JSON.stringify([embeddedVersion, migrationDirectories]))
    .digest('hex')
  const file = path.join(tmpdir(), `dagsorden-${userInfo().uid}-${key.slice(0, 16)}.tar`)
  const kept = await readFile(file).catch(() => null)
  if (kept) return new Blob([kept])
  const database = await startInMemory()
  await applyMigrations(adapterFor(database.url))
  const dump = await database.dump()
  await database.close()
  const half = `${file}.${randomUUID()}`
  await writeFile(half, new Uint8Array(await dump.arrayBuffer()), { mode: 0o600 })
  await rename(half, file)
  return dump
}
