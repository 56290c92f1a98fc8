import { readFile, stat } from 'node:fs/promises'
import { parseArgs } from 'node:util'
import { agendaFileLimit, decodeAgendaFile } from './decode.ts'
import { agendaLineLimit, readAgendaText } from './rules.ts'
import type { AgendaText, ImportRefusal } from './schema.ts'

const usage = 'Usage: npm run import -- FILE --json'

/** Loading into the database is not built yet, so only --json is offered. */
const options = { json: { type: 'boolean', default: false } } as const

const sentences: Record<ImportRefusal, string> = {
  'import-empty': 'The file holds no text.',
  'import-binary': 'The file is not a text file; take the text out of the PDF or document first.',
  'import-too-large': `The file is larger than an agenda can be: at most ${agendaFileLimit / 1024 / 1024} MB and ${agendaLineLimit} lines.`,
  'import-encoding': 'The file is not encoded as UTF-8; save it as UTF-8 and try again.',
  'import-not-an-agenda':
    'No numbered section with a numbered item was found in the text, so it is not an agenda.',
}

class Refusal extends Error {}

/** Reads the file named on the command line; throws a Refusal with one sentence when it is no agenda. */
async function readAgendaFile(path: string): Promise<AgendaText> {
  const { size } = await stat(path).catch(() => refuse(`The file ${path} cannot be read.`))
  if (size > agendaFileLimit) refuse(sentenceFor('import-too-large'))
  const bytes = await readFile(path).catch(() => refuse(`The file ${path} cannot be read.`))
  const decoded = decodeAgendaFile(bytes)
  if (!decoded.ok) return refuse(sentenceFor(decoded.reason))
  const read = readAgendaText(decoded.text)
  return read.ok ? read.agenda : refuse(sentenceFor(read.reason))
}

function sentenceFor(reason: ImportRefusal): string {
  return `${sentences[reason]} (${reason})`
}

function refuse(sentence: string): never {
  throw new Refusal(sentence)
}

function readArguments(argv: string[]): { path: string; json: boolean } {
  try {
    const { values, positionals } = parseArgs({ args: argv, options, allowPositionals: true })
    const [path, ...others] = positionals
    if (path !== undefined && others.length === 0) return { path, json: values.json }
  } catch {
    // parseArgs throws on an unknown option; the usage says what there is.
  }
  return refuse(usage)
}

async function main(argv: string[]): Promise<void> {
  const { path, json } = readArguments(argv)
  if (!json) return refuse(usage)
  process.stdout.write(`${JSON.stringify(await readAgendaFile(path), null, 2)}\n`)
}

try {
  await main(process.argv.slice(2))
} catch (error) {
  if (!(error instanceof Refusal)) throw error
  process.stderr.write(`${error.message}\n`)
  process.exitCode = 1
}
