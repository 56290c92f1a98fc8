import { PrismaPg } from '@prisma/adapter-pg'
import {
  ColumnTypeEnum,
  type SqlDriverAdapter,
  type SqlMigrationAwareDriverAdapterFactory,
} from '@prisma/driver-adapter-utils'

/**
 * How to connect to the database at a `postgresql://` URL: `connection_limit` in it says how many connections may be
 * held at once, 10 unless given.
 */
export function connectionTo(url: string) {
  const max = Number(new URL(url).searchParams.get('connection_limit') ?? 10)
  return {
    connectionString: url,
    max,
    // A database that is away must give an error that can be told, not a connection that waits for ever.
    connectionTimeoutMillis: 5000,
    query_timeout: 30_000,
    keepAlive: true,
    keepAliveInitialDelayMillis: 10_000,
  }
}

/** Prisma's adapter for the database at a `postgresql://` URL, the embedded one too. */
export function adapterFor(url: string): SqlMigrationAwareDriverAdapterFactory {
  const factory = new PrismaPg(connectionTo(url))
  return {
    provider: factory.provider,
    adapterName: factory.adapterName,
    connect: async () => wholeScripts(withChars(await factory.connect())),
    connectToShadowDb: () => Promise.reject(new Error('No shadow database: migrations are tried in memory')),
  }
}

// The adapter cuts a script at each semicolon, those within a function too. Without arguments it sends it whole.
function wholeScripts(adapter: SqlDriverAdapter): SqlDriverAdapter {
  adapter.executeScript = async (script) => {
    await adapter.executeRaw({ sql: script, args: [], argTypes: [] })
  }
  return adapter
}

const charType = 18
const textType = 25

type Answered = { fields: { dataTypeID: number }[]; rows: unknown[][] }

// PostgreSQL's own tables, which the schema engine reads, have columns of a type that the adapter does not know.
function withChars(adapter: Awaited<ReturnType<PrismaPg['connect']>>): SqlDriverAdapter {
  const columns = new WeakMap<unknown[][], number[]>()
  const pool: { query(...query: never[]): unknown } = adapter.underlyingDriver()
  const query = pool.query.bind(pool)
  pool.query = async (...given: never[]) => {
    const answers = (await query(...given)) as Answered | Answered[]
    for (const { fields, rows } of [answers].flat()) {
      const chars = [...fields.keys()].filter((at) => fields[at]?.dataTypeID === charType)
      for (const field of fields) if (field.dataTypeID === charType) field.dataTypeID = textType
      if (chars.length > 0) columns.set(rows, chars)
    }
    return answers
  }
  const queryRaw = adapter.queryRaw.bind(adapter)
  adapter.queryRaw = async (asked) => {
    const answer = await queryRaw(asked)
    for (const at of columns.get(answer.rows) ?? []) answer.columnTypes[at] = ColumnTypeEnum.Character
    return answer
  }
  return adapter
}
