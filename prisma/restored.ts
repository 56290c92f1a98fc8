import { renewDocuments } from '@/lib/agenda/renewal-service.ts'
import { command, onDatabase } from './command.ts'

/*
 * `npm run restored`: to be run once after the database was restored from a backup, before anybody is let in. Every item
 * gets a document of the next generation, so that a browser with newer words than the backup does not pour them in.
 */

await command(() => onDatabase(renew))

async function renew(): Promise<void> {
  const { renewed, damaged } = await renewDocuments()
  for (const id of damaged) process.stdout.write(`item ${id}: its document is damaged\n`)
  if (damaged.length > 0) process.exitCode = 1
  process.stdout.write(`${renewed} ${renewed === 1 ? 'item has' : 'items have'} a new document.\n`)
}
