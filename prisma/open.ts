import { access, constants, mkdir, readFile, rename, rm } from 'node:fs/promises'
import path from 'node:path'
import { Pool } from 'pg'
import type { OpenDatabase } from '@/lib/db.ts'
import { adapterFor, connectionTo } from './adapter.ts'
import { alone } from './alone.ts'
import { PrismaClient } from './client/client.ts'
import { type Embedded, startEmbedded, startInMemory } from './embedded/start.ts'
import { listenAt } from './listen.ts'
import { type FolderLock, lockFolder } from './lock.ts'
import { applyMigrations } from './migrate.ts'
import { StartRefusal } from './refusal.ts'

/** The PostgreSQL major version inside the embedded database; its files can't be read by another one. */
export const embeddedVersion = '18'

export type DatabasePlace = {
  /** The folder of the embedded database and its lock; null keeps everything in memory. */
  dataDir: string | null
  /** A PostgreSQL server to use instead of the embedded database. */
  databaseUrl?: string | null
  /** A dump of a data folder to begin an in-memory database with. */
  dump?: Blob
}

/** Opens the one database of this process, migrated to the newest schema. Throws StartRefusal when it can't. */
export async function openDatabase(place: DatabasePlace): Promise<OpenDatabase> {
  if (place.databaseUrl) {
    const url = place.databaseUrl
    await migrate('The PostgreSQL database at DATABASE_URL', () =>
      alone(url, () => applyMigrations(adapterFor(url))),
    )
    return attachDatabase({ url, kind: 'postgresql' })
  }
  if (place.dataDir === null) return openEmbedded(await startInMemory(place.dump), null)
  const folder = place.dataDir
  await makeFolder(folder)
  const lock = await lockFolder(folder)
  try {
    return await openEmbedded(await openFolder(folder), lock)
  } catch (error) {
    await lock.release()
    throw error
  }
}

/** Connects to a database that another process opened and migrated; `url` is that of its OpenDatabase. */
export function attachDatabase({ url, kind }: Pick<OpenDatabase, 'url' | 'kind'>): OpenDatabase {
  const client = new PrismaClient({ adapter: adapterFor(url) })
  const connection = connectionTo(url)
  const pool = new Pool({ ...connection, max: Math.min(4, connection.max) })
  // A connection that breaks while nobody uses it is replaced by the next that is asked for.
  pool.on('error', () => undefined)
  return {
    client,
    ask: async <Row>(statement: string, values: unknown[]) =>
      (await pool.query(statement, values)).rows as Row[],
    kind,
    url,
    listen: (channel, ears) => listenAt({ url, kind }, channel, ears),
    close: async () => {
      await Promise.all([client.$disconnect(), pool.end()])
    },
  }
}

async function openEmbedded(embedded: Embedded, lock: FolderLock | null): Promise<OpenDatabase> {
  try {
    await migrate('The embedded database', () => applyMigrations(adapterFor(embedded.url)))
  } catch (error) {
    await embedded.close()
    throw error
  }
  const database = attachDatabase({ url: embedded.url, kind: 'embedded' })
  const close = async () => {
    await database.close()
    await embedded.close()
    await lock?.release()
  }
  return { ...database, close }
}

async function migrate(name: string, apply: () => Promise<unknown>): Promise<void> {
  try {
    await apply()
  } catch (cause) {
    const reason = cause instanceof Error ? cause.message.replace(/\s+/g, ' ').trim() : String(cause)
    throw new StartRefusal(`${name} could not be opened and migrated: ${reason}`, { cause })
  }
}

async function makeFolder(folder: string): Promise<void> {
  try {
    await mkdir(folder, { recursive: true })
    await access(folder, constants.R_OK | constants.W_OK | constants.X_OK)
  } catch (cause) {
    throw new StartRefusal(`The data folder ${folder} can't be written to; set DATA_DIR to one that can.`, {
      cause,
    })
  }
}

async function openFolder(dataDir: string): Promise<Embedded> {
  const folder = path.join(dataDir, 'db')
  const version = await readFile(path.join(folder, 'PG_VERSION'), 'utf8').catch(() => null)
  if (version === null) return createFolder({ folder, dataDir })
  if (version.trim() !== embeddedVersion) {
    throw new StartRefusal(
      `The database in ${folder} was made by PostgreSQL ${version.trim()} and this version needs ${embeddedVersion}: dump it with the version that made it and restore it in a new folder.`,
    )
  }
  return startEmbedded({ folder, beside: dataDir })
}

// A process killed while it makes a new database must not leave half of one where the next start looks for it.
async function createFolder({ folder, dataDir }: { folder: string; dataDir: string }): Promise<Embedded> {
  const half = `${folder}.new`
  await rm(half, { recursive: true, force: true })
  const created = await startEmbedded({ folder: half, beside: dataDir })
  await created.close()
  await rename(half, folder)
  return startEmbedded({ folder, beside: dataDir })
}
