import { setDatabase } from '@/lib/db.ts'
import { readProcessEnv } from '@/lib/env.ts'
import { openDatabase } from './open.ts'
import { StartRefusal } from './refusal.ts'

/** Does what a command is for. What it refuses is said in its sentence, with exit code 1. */
export async function command(work: () => Promise<void>): Promise<void> {
  try {
    await work()
  } catch (error) {
    if (!(error instanceof StartRefusal)) throw error
    process.stderr.write(`${error.message}\n`)
    process.exitCode = 1
  }
}

/**
 * Does work on the database the settings name, as the process's own. Throws StartRefusal when it can't be opened; the
 * embedded database must not be in use by a running process.
 */
export async function onDatabase(work: () => Promise<void>): Promise<void> {
  const answer = readProcessEnv()
  if (!answer.ok) throw new StartRefusal(answer.sentence)
  const database = await openDatabase(answer.env)
  setDatabase(database)
  await work().finally(() => database.close())
}
