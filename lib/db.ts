import type { Prisma, PrismaClient } from '@/prisma/client/client.ts'

/** The database, or the transaction a store is called in. Stores take it as their first argument. */
export type Db = PrismaClient | Prisma.TransactionClient

/** Which store holds the data, for the interface to say so. */
export type StoreKind = 'embedded' | 'postgresql'

/** Who listens to a channel. What is sent while `listening` was last told false is not heard. */
export type Ears = { heard: (payload: string) => void; listening: (isListening: boolean) => void }

/** An ear that can be closed; nothing is heard after that. */
export type Listening = { close: () => Promise<void> }

/** Asks one statement with its values, and answers its rows as the driver reads them: int8 as text, bytea as bytes. */
export type Ask = <Row>(statement: string, values: unknown[]) => Promise<Row[]>

/** A database that answers. */
export type OpenDatabase = {
  client: PrismaClient
  /** Asks a statement past Prisma, outside any transaction. */
  ask: Ask
  kind: StoreKind
  /** `postgresql://…`, by which another process of this user reaches the same database, the embedded one too. */
  url: string
  /** Listens to a channel of NOTIFY, on a connection of its own, until it is closed. */
  listen: (channel: string, ears: Ears) => Listening
  /** Resolves when its connections are gone and, by whom it was opened, the embedded store's files are shut. */
  close: () => Promise<void>
}

// The custom server and Next's bundles each load their own copy of this file; the open database is one per process.
const key = Symbol.for('dagsorden.database')
const holder = globalThis as { [key]?: OpenDatabase }

/** Makes an opened database the one of this process; null forgets it. */
export function setDatabase(database: OpenDatabase | null): void {
  if (database) holder[key] = database
  else delete holder[key]
}

/** The open database's client. Throws when none is open: only the process's start may open one. */
export function db(): PrismaClient {
  if (!holder[key]) throw new Error('The database is not open')
  return holder[key].client
}

/**
 * How to ask single statements on this handle: within its transaction, or, where it is the open database, past Prisma,
 * which takes several times as long for a log of many rows.
 */
export function askOn(handle: Db): Ask {
  const open = holder[key]
  if (open && handle === open.client) return open.ask
  return (statement, values) => handle.$queryRawUnsafe(statement, ...values)
}

/** Listens to a channel of NOTIFY of the open database. Throws when none is open. */
export function listen(channel: string, ears: Ears): Listening {
  if (!holder[key]) throw new Error('The database is not open')
  return holder[key].listen(channel, ears)
}

/** The names of the migrations the open database has had. Rejects when it does not answer. */
export async function appliedMigrations(): Promise<string[]> {
  const rows = await db().$queryRaw<{ name: string }[]>`
    SELECT migration_name AS name FROM _prisma_migrations WHERE finished_at IS NOT NULL AND rolled_back_at IS NULL`
  return rows.map(({ name }) => name)
}

/** Which store is in use. */
export function storeKind(): StoreKind {
  return holder[key]?.kind ?? 'embedded'
}

/**
 * Runs `work` in one transaction; inside it, use only the given handle: the embedded database has one connection,
 * and the outer client would wait for ever.
 */
export function transaction<T>(work: (tx: Prisma.TransactionClient) => Promise<T>): Promise<T> {
  return db().$transaction(work, { maxWait: 10_000, timeout: 15_000 })
}
