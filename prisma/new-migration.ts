import { mkdir, writeFile } from 'node:fs/promises'
import path from 'node:path'
import { adapterFor } from './adapter.ts'
import { startInMemory } from './embedded/start.ts'
import { applyMigrations, diffToSchema, migrationsFolder } from './migrate.ts'

const name = process.argv[2] ?? ''

if (/^[a-z0-9_]+$/.test(name)) await writeMigration(name)
else say('Give the migration a name of a–z, 0–9 and _, for example: npm run migration -- add_item_priority')

/** Compares what all migrations together make with the schema, and writes the difference as one more migration. */
async function writeMigration(title: string): Promise<void> {
  await mkdir(migrationsFolder, { recursive: true })
  const database = await startInMemory()
  const adapter = adapterFor(database.url)
  await applyMigrations(adapter)
  const script = await diffToSchema(adapter)
  await database.close()
  if (script === '') return say('The migrations already make the schema; nothing was written.')
  const stamp = new Date().toISOString().replace(/\D/g, '').slice(0, 14)
  const folder = path.join(migrationsFolder, `${stamp}_${title}`)
  await mkdir(folder)
  await writeFile(path.join(folder, 'migration.sql'), script)
  say(`Wrote ${path.relative(process.cwd(), folder)}/migration.sql. Read it before you commit it.`)
}

function say(line: string): void {
  process.stdout.write(`${line}\n`)
}
