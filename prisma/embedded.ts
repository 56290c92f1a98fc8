import type { PGlite } from '@electric-sql/pglite'
import {
  DriverAdapterError,
  type SqlDriverAdapter,
  type SqlMigrationAwareDriverAdapterFactory,
} from '@prisma/driver-adapter-utils'
import { PrismaPGlite } from 'pglite-prisma-adapter'

/** Prisma's adapter for an embedded database, with scripts that are waited for and may fail. */
export function embeddedAdapter(client: PGlite): SqlMigrationAwareDriverAdapterFactory {
  const factory: SqlMigrationAwareDriverAdapterFactory = new PrismaPGlite(client)
  return {
    provider: factory.provider,
    adapterName: factory.adapterName,
    connect: async () => honestScripts(await factory.connect(), client),
    connectToShadowDb: () => Promise.reject(new Error('No shadow database: migrations are tried in memory')),
  }
}

// The adapter's own executeScript neither waits nor reports: a migration that failed would be noted as applied.
function honestScripts(adapter: SqlDriverAdapter, client: PGlite): SqlDriverAdapter {
  adapter.executeScript = async (script) => {
    try {
      await client.exec(script)
    } catch (error) {
      throw new DriverAdapterError({ kind: 'postgres', ...postgresError(error) })
    }
  }
  return adapter
}

function postgresError(error: unknown) {
  const text = (name: string) => {
    const value: unknown = error instanceof Error ? Reflect.get(error, name) : undefined
    return typeof value === 'string' ? value : undefined
  }
  return {
    code: text('code') ?? 'XX000',
    severity: text('severity') ?? 'ERROR',
    message: text('message') ?? String(error),
    detail: text('detail'),
    column: text('column'),
    hint: text('hint'),
  }
}
