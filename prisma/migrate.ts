import { createHash } from 'node:crypto'
import { readdir, readFile } from 'node:fs/promises'
import path from 'node:path'
import type { SqlMigrationAwareDriverAdapterFactory } from '@prisma/driver-adapter-utils'
import type { MigrationDirectory, MigrationList } from '@prisma/schema-engine-wasm'
import { projectRoot } from './root.ts'
import { readSchema, withSchemaEngine } from './schema-engine.ts'

/** Where the migrations live, one folder each, in the order of their names. */
export const migrationsFolder = path.join(projectRoot, 'prisma/migrations')

const everything = { externalTables: [], externalEnums: [] }

/** Applies the migrations the database has not had, and tells their names; the history is in `_prisma_migrations`. */
export async function applyMigrations(factory: SqlMigrationAwareDriverAdapterFactory): Promise<string[]> {
  const migrationsList = await listMigrations()
  if (await hasAll(factory, migrationsList)) return []
  const input = { migrationsList, filters: everything }
  const answer = await withSchemaEngine(factory, (engine) => engine.applyMigrations(input))
  return answer.appliedMigrationNames
}

// The engine takes a second and tens of megabytes to load; an ordinary start needs one question only.
async function hasAll(factory: SqlMigrationAwareDriverAdapterFactory, list: MigrationList): Promise<boolean> {
  const adapter = await factory.connect()
  try {
    const known = await adapter.queryRaw({
      sql: "SELECT to_regclass('_prisma_migrations')::text",
      args: [],
      argTypes: [],
    })
    if (known.rows[0]?.[0] == null) return false
    const sql =
      'SELECT migration_name, checksum FROM _prisma_migrations WHERE finished_at IS NOT NULL AND rolled_back_at IS NULL'
    const { rows } = await adapter.queryRaw({ sql, args: [], argTypes: [] })
    const applied = new Set(rows.map(([name, checksum]) => `${name} ${checksum}`))
    const wanted = list.migrationDirectories.map(nameAndChecksum)
    return applied.size === wanted.length && wanted.every((entry) => applied.has(entry))
  } finally {
    await adapter.dispose()
  }
}

function nameAndChecksum({ path: name, migrationFile }: MigrationDirectory): string {
  return `${name} ${createHash('sha256').update(migrationFile.content.value).digest('hex')}`
}

/** The SQL that would bring the database as it stands to the schema file; empty when they agree. */
export async function diffToSchema(factory: SqlMigrationAwareDriverAdapterFactory): Promise<string> {
  const schema = { files: [await readSchema()] }
  const { stdout } = await withSchemaEngine(factory, (engine) =>
    engine.diff({
      from: { tag: 'schemaDatasource', ...schema, configDir: projectRoot },
      to: { tag: 'schemaDatamodel', ...schema },
      script: true,
      exitCode: null,
      filters: everything,
    }),
  )
  return isEmptyScript(stdout ?? '') ? '' : (stdout ?? '')
}

/** Reads the migrations folder. */
export async function listMigrations(): Promise<MigrationList> {
  const entries = await readdir(migrationsFolder, { withFileTypes: true })
  const names = entries.filter((entry) => entry.isDirectory()).map((entry) => entry.name)
  return {
    baseDir: migrationsFolder,
    lockfile: { path: 'migration_lock.toml', content: 'provider = "postgresql"\n' },
    shadowDbInitScript: '',
    migrationDirectories: await Promise.all(names.sort().map(readMigration)),
  }
}

async function readMigration(name: string): Promise<MigrationDirectory> {
  const content = await readFile(path.join(migrationsFolder, name, 'migration.sql'), 'utf8')
  return { path: name, migrationFile: { path: 'migration.sql', content: { tag: 'ok', value: content } } }
}

function isEmptyScript(script: string): boolean {
  return script.split('\n').every((line) => line.trim() === '' || line.startsWith('--'))
}
