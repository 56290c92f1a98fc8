import { readFile, stat } from 'node:fs/promises'
import { parseArgs } from 'node:util'
import { readProcessEnv } from '@/lib/env.ts'
import { AppError, type ErrorCode } from '@/lib/errors.ts'
import { messages } from '@/lib/i18n/messages.ts'
import { danishTime } from '@/lib/i18n/when.ts'
import { canBody } from '@/lib/identity/rules.ts'
import type { Actor } from '@/lib/identity/schema.ts'
import { agendaFileLimit } from '@/lib/import/decode.ts'
import { readAgendaFile } from '@/lib/import/rules.ts'
import type { ImportTarget } from '@/lib/import/service.ts'
import { StartRefusal } from './refusal.ts'

/*
 * `npm run import -- FILE`: with --json prints what the file holds; otherwise loads it into the database, on behalf of
 * a person with the right, into a new meeting or at the end of one that is being prepared. The embedded database has
 * room for one process: stop the server first.
 */

const usage = `Usage: npm run import -- FILE --json
       npm run import -- FILE --as E-MAIL --at 2026-12-11T09:30 --place PLACE
       npm run import -- FILE --as E-MAIL --meeting ID`

const options = {
  json: { type: 'boolean', default: false },
  as: { type: 'string' },
  meeting: { type: 'string' },
  at: { type: 'string' },
  place: { type: 'string' },
} as const

type Wish = { file: string; json: boolean; as?: string; meeting?: string; at?: string; place?: string }

function readArguments(argv: string[]): Wish {
  try {
    const { values, positionals } = parseArgs({ args: argv, options, allowPositionals: true })
    const [file, ...others] = positionals
    if (file !== undefined && others.length === 0) return { file, ...values }
  } catch {
    // parseArgs throws on an unknown option; the usage says what there is.
  }
  throw new StartRefusal(usage)
}

async function readBytes(file: string): Promise<Uint8Array> {
  try {
    const { size } = await stat(file)
    if (size <= agendaFileLimit) return await readFile(file)
  } catch (error) {
    throw new StartRefusal(`The file ${file} cannot be read.`, { cause: error })
  }
  throw new AppError('import-too-large')
}

/** Loads the file into the database and answers the meeting's id. */
async function load(wish: Wish, bytes: Uint8Array): Promise<string> {
  const email = wish.as
  if (!email) throw new StartRefusal(usage)
  const settings = readProcessEnv()
  if (!settings.ok) throw new StartRefusal(settings.sentence)
  // Loaded only here: printing what a file holds needs no database and should not wait for one.
  const [{ openDatabase }, { setDatabase }, { findUserByEmail, loadActor }, { importAgenda }] =
    await Promise.all([
      import('./open.ts'),
      import('@/lib/db.ts'),
      import('@/lib/identity/store.ts'),
      import('@/lib/import/service.ts'),
    ])
  const database = await openDatabase(settings.env)
  setDatabase(database)
  try {
    const user = await findUserByEmail(database.client, email)
    const actor = user && (await loadActor(database.client, user.id, new Date()))
    if (!actor) throw new StartRefusal(`Nobody has the address ${email}.`)
    const { meetingId } = await importAgenda(actor, bytes, targetOf(wish, actor))
    return meetingId
  } finally {
    await database.close()
  }
}

function targetOf({ meeting, at, place }: Wish, actor: Actor): ImportTarget {
  if (meeting) return { meetingId: meeting }
  const startsAt = danishTime(at ?? '')
  if (!startsAt || !place) throw new StartRefusal(usage)
  const [membership, ...others] = actor.memberships.filter((held) => canBody(held, 'importAgenda'))
  if (!membership) throw new AppError('forbidden')
  if (others.length > 0)
    throw new StartRefusal(
      'This person imports for several bodies: create the meeting first and name it with --meeting.',
    )
  return { bodyId: membership.bodyId, startsAt, place }
}

function sentenceFor(code: ErrorCode): string {
  return `${messages.en.errors[code]} (${code})`
}

try {
  const wish = readArguments(process.argv.slice(2))
  const bytes = await readBytes(wish.file)
  const read = readAgendaFile(bytes)
  if (!read.ok) throw new AppError(read.reason)
  const { agenda } = read
  if (wish.json) process.stdout.write(`${JSON.stringify(agenda, null, 2)}\n`)
  else {
    const { lines, placed } = agenda.account
    const meetingId = await load(wish, bytes)
    process.stdout.write(`${placed} of ${lines} lines are placed in /moeder/${meetingId}\n`)
  }
} catch (error) {
  if (!(error instanceof StartRefusal || error instanceof AppError)) throw error
  process.stderr.write(`${error instanceof AppError ? sentenceFor(error.code) : error.message}\n`)
  process.exitCode = 1
}
