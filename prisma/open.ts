import { access, constants, mkdir, readFile, rename, rm } from 'node:fs/promises'
import path from 'node:path'
import { PGlite } from '@electric-sql/pglite'
import { PrismaPg } from '@prisma/adapter-pg'
import type { SqlMigrationAwareDriverAdapterFactory } from '@prisma/driver-adapter-utils'
import type { OpenDatabase } from '@/lib/db.ts'
import { PrismaClient } from './client/client.ts'
import { embeddedAdapter } from './embedded.ts'
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
  if (place.databaseUrl) return openPostgres(place.databaseUrl)
  if (place.dataDir === null) return openEmbedded(await PGlite.create({ loadDataDir: place.dump }), null)
  const folder = place.dataDir
  await makeFolder(folder)
  const lock = await lockFolder(folder)
  try {
    return await openEmbedded(await openFolder(path.join(folder, 'db')), lock)
  } catch (error) {
    await lock.release()
    throw error
  }
}

async function openPostgres(url: string): Promise<OpenDatabase> {
  const adapter = new PrismaPg({ connectionString: url })
  await migrate(adapter, 'The PostgreSQL database at DATABASE_URL')
  const client = new PrismaClient({ adapter })
  return { client, kind: 'postgresql', close: () => client.$disconnect() }
}

async function openEmbedded(embedded: PGlite, lock: FolderLock | null): Promise<OpenDatabase> {
  const adapter = embeddedAdapter(embedded)
  try {
    await migrate(adapter, 'The embedded database')
  } catch (error) {
    await embedded.close()
    throw error
  }
  const client = new PrismaClient({ adapter })
  const close = async () => {
    await client.$disconnect()
    await embedded.close()
    await lock?.release()
  }
  return { client, kind: 'embedded', close }
}

async function migrate(adapter: SqlMigrationAwareDriverAdapterFactory, name: string): Promise<void> {
  try {
    await applyMigrations(adapter)
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

async function openFolder(folder: string): Promise<PGlite> {
  const version = await readFile(path.join(folder, 'PG_VERSION'), 'utf8').catch(() => null)
  if (version === null) await createFolder(folder)
  else if (version.trim() !== embeddedVersion) {
    throw new StartRefusal(
      `The database in ${folder} was made by PostgreSQL ${version.trim()} and this version needs ${embeddedVersion}: dump it with the version that made it and restore it in a new folder.`,
    )
  }
  return PGlite.create(folder)
}

// A process killed while it makes a new database must not leave half of one where the next start looks for it.
async function createFolder(folder: string): Promise<void> {
  const half = `${folder}.new`
  await rm(half, { recursive: true, force: true })
  const created = await PGlite.create(half)
  await created.close()
  await rename(half, folder)
}
