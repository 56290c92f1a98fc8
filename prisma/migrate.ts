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
  const input = { migrationsList: await listMigrations(), filters: everything }
  const answer = await withSchemaEngine(factory, (engine) => engine.applyMigrations(input))
  return answer.appliedMigrationNames
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
