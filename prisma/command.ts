import { setDatabase } from '@/lib/db.ts'
import { readProcessEnv } from '@/lib/env.ts'
import { openDatabase } from './open.ts'
import { StartRefusal } from './refusal.ts'

/**
 * Does a command's work on the database the settings name, as the process's own. What is refused is said in one
 * sentence, with exit code 1. The embedded database must not be in use by a running process.
 */
export async function onDatabase(work: () => Promise<void>): Promise<void> {
  try {
    const answer = readProcessEnv()
    if (!answer.ok) throw new StartRefusal(answer.sentence)
    const database = await openDatabase(answer.env)
    setDatabase(database)
    await work().finally(() => database.close())
  } catch (error) {
    if (!(error instanceof StartRefusal)) throw error
    process.stderr.write(`${error.message}\n`)
    process.exitCode = 1
  }
}
