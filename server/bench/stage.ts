import { spawn } from 'node:child_process'
import { cpSync, mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { fileURLToPath } from 'node:url'
import { PrismaPg } from '@prisma/adapter-pg'
import { z } from 'zod'
import { createState } from '@/lib/agenda/doc.ts'
import { childEnvironment } from '@/lib/env.ts'
import { projectRoot } from '@/prisma/root.ts'
import { startPostgres } from '@/prisma/testing/postgres.ts'
import { buildWhenChanged, bundlePrograms } from '@/server/build.ts'
import { packUpdates } from './client/keystrokes.ts'
import { agendaState, writeEdits } from './documents.ts'
import { authSecret } from './names.ts'
import { startRedis } from './servers/redis.ts'

/** A fresh database of ours and what it uses beside the server's process. */
export type Store = {
  env: Record<string, string>
  /** Has the database processes of its own? */
  hasProcesses: boolean
  /** CPU time of the database's own processes, in µs; 0 where it has none. */
  cpu(): number
  /** What the first room's document takes: its data where that can be told apart, and tables or files whole, in bytes. */
  storedBytes(): Promise<{ data: number | null; disk: number }>
  dispose(): Promise<void>
}

/** The files of documents: an agenda's state, one of 100,000 edits, and the updates of 100,000 keystrokes. */
export type Documents = {
  agenda: string
  agendaBytes: number
  edited: string
  editedBytes: number
  keystrokes: string
  /** What the keystrokes come to when merged. */
  keystrokesBytes: number
}

/** Where a run keeps its files, and the databases it copies each server's from; made when first asked for. */
export class Stage {
  readonly folder = mkdtempSync(path.join(tmpdir(), 'dagsorden-bench-'))
  readonly stateFile = path.join(this.folder, 'state')
  readonly cookieFile = path.join(this.folder, 'cookies.json')
  // Within the project, so that packages are found.
  readonly #bundles = mkdtempSync(path.join(projectRoot, 'node_modules/.dagsorden-bench-'))
  #programs: Promise<void> | null = null
  #embedded: Promise<string> | null = null
  #postgres: ReturnType<typeof preparePostgres> | null = null
  #documents: Documents | null = null
  #redis: ReturnType<typeof startRedis> | null = null
  #count = 0

  constructor() {
    writeFileSync(this.stateFile, typingState())
  }

  /** A server of this folder, bundled as the product is: what a loader of sources adds is not to be measured. */
  async program(name: 'ours' | 'floor'): Promise<string> {
    this.#programs ??= bundlePrograms(
      {
        ours: 'server/bench/servers/ours.ts',
        floor: 'server/bench/servers/floor.ts',
        whole: 'server/bench/servers/whole.ts',
        pages: 'server/pages/process.ts',
      },
      this.#bundles,
    )
    await this.#programs
    return path.join(this.#bundles, `${name}.js`)
  }

  /** The whole product with its pages, which are built first where they are not. */
  async wholeProgram(): Promise<string> {
    await buildWhenChanged((line) => process.stdout.write(`${line}\n`))
    await this.program('ours')
    return path.join(this.#bundles, 'whole.js')
  }

  /** A folder of its own for a server's files. */
  newFolder(): string {
    const folder = path.join(this.folder, `data-${this.#count++}`)
    mkdirSync(folder)
    return folder
  }

  /** The files of the documents that are opened; written when first asked for. */
  documents(): Documents {
    this.#documents ??= writeDocuments(this.folder)
    return this.#documents
  }

  /** The run's Redis server. */
  redis(): ReturnType<typeof startRedis> {
    this.#redis ??= startRedis()
    return this.#redis
  }

  async embedded(): Promise<Store> {
    this.#embedded ??= prepareEmbedded(this)
    const template = await this.#embedded
    const folder = this.newFolder()
    cpSync(template, folder, { recursive: true })
    const env = { AUTH_SECRET: authSecret, DATA_DIR: folder }
    return {
      env,
      hasProcesses: false,
      cpu: () => 0,
      storedBytes: () => storedBytes(env),
      dispose: async () => rmSync(folder, { recursive: true, force: true }),
    }
  }

  async postgres(): Promise<Store> {
    this.#postgres ??= preparePostgres(this)
    const { admin, url, pid } = await this.#postgres
    const name = `bench_${this.#count++}`
    await admin.executeScript(`CREATE DATABASE "${name}" TEMPLATE bench_template`)
    const env = { AUTH_SECRET: authSecret, DATABASE_URL: withDatabase(url, name), DATA_DIR: this.newFolder() }
    return {
      env,
      hasProcesses: true,
      cpu: () => processTreeCpu(pid),
      storedBytes: () => storedBytes(env),
      dispose: () => admin.executeScript(`DROP DATABASE "${name}" WITH (FORCE)`),
    }
  }

  async dispose(): Promise<void> {
    const redis = await this.#redis?.catch(() => null)
    redis?.stop()
    const postgres = await this.#postgres?.catch(() => null)
    await postgres?.admin.dispose()
    postgres?.stop()
    for (const folder of [this.folder, this.#bundles]) rmSync(folder, { recursive: true, force: true })
  }
}

/** The words every room begins with; everyone types behind the last of them. */
function typingState(): Uint8Array {
  const paragraph = (text: string) => ({
    type: 'paragraph' as const,
    content: [{ type: 'text' as const, text }],
  })
  const words = 'Det indstilles, at KKR Midtjylland drøfter sagen og tager den til efterretning. '
  return createState({
    title: 'Prøvesag',
    caseNumber: 'SAG-2026-01184',
    caseworkers: ['jhp'],
    kind: null,
    fields: {
      background: null,
      recommendation: { type: 'doc', content: [paragraph(words)] },
      presentation: { type: 'doc', content: [paragraph(words.repeat(4)), paragraph(words.repeat(4))] },
      decision: null,
    },
  })
}

function writeDocuments(folder: string): Documents {
  const file = (name: string) => path.join(folder, name)
  const files = { agenda: file('agenda'), edited: file('edited'), keystrokes: file('keystrokes') }
  const agenda = agendaState()
  const edited = writeEdits({ count: 100_000, run: 5.6 }).state
  const keystrokes = writeEdits({ count: 100_000, run: 60 })
  writeFileSync(files.agenda, agenda)
  writeFileSync(files.edited, edited)
  writeFileSync(files.keystrokes, packUpdates(keystrokes.updates))
  return {
    ...files,
    agendaBytes: agenda.length,
    editedBytes: edited.length,
    keystrokesBytes: keystrokes.state.length,
  }
}

async function prepareEmbedded(stage: Stage): Promise<string> {
  const folder = stage.newFolder()
  await seed(stage, { DATA_DIR: folder })
  return folder
}

async function preparePostgres(stage: Stage) {
  const server = await startPostgres({ isDurable: true })
  if (server.url === null) throw new Error(server.reason)
  const admin = await new PrismaPg({ connectionString: server.url }).connect()
  await admin.executeScript('CREATE DATABASE bench_template')
  await seed(stage, { DATABASE_URL: withDatabase(server.url, 'bench_template'), DATA_DIR: stage.newFolder() })
  const pid = Number(readFileSync(path.join(server.folder, 'postmaster.pid'), 'utf8').split('\n')[0])
  return { ...server, admin, pid }
}

function withDatabase(url: string, name: string): string {
  const changed = new URL(url)
  changed.pathname = `/${name}`
  return changed.href
}

async function seed(stage: Stage, env: Record<string, string>): Promise<void> {
  await runSource('seed.ts', { args: [stage.stateFile, stage.cookieFile], env })
}

const storedAnswer = z.object({ data: z.number(), disk: z.number() })

async function storedBytes(env: Record<string, string>): Promise<{ data: number; disk: number }> {
  return storedAnswer.parse(JSON.parse(await runSource('stored.ts', { env })))
}

/** Runs a file of this folder on a database and answers what it printed. */
function runSource(
  file: string,
  { args = [], env }: { args?: string[]; env: Record<string, string> },
): Promise<string> {
  const source = fileURLToPath(new URL(file, import.meta.url))
  const child = spawn(process.execPath, ['--import', 'tsx', source, ...args], {
    env: childEnvironment({ AUTH_SECRET: authSecret, ...env }),
    stdio: ['ignore', 'pipe', 'inherit'],
  })
  let output = ''
  child.stdout.setEncoding('utf8')
  child.stdout.on('data', (text: string) => {
    output += text
  })
  return new Promise((resolve, reject) => {
    child.once('error', reject)
    child.once('close', (code) => (code === 0 ? resolve(output) : reject(new Error(`${file} failed`))))
  })
}

/** CPU time of a process, its children, and those of them that ended, in µs. Read from /proc. */
function processTreeCpu(pid: number): number {
  let ticks = 0
  for (const entry of readdirSync('/proc')) {
    if (!/^\d+$/.test(entry)) continue
    const stat = statOf(entry)
    // Behind the name in brackets: 1 parent, 11–12 own time, 13–14 that of ended children.
    const isOurs = entry === String(pid) || stat[1] === String(pid)
    if (!isOurs) continue
    ticks += Number(stat[11]) + Number(stat[12])
    if (entry === String(pid)) ticks += Number(stat[13]) + Number(stat[14])
  }
  return ticks * 10_000
}

function statOf(pid: string): string[] {
  try {
    const text = readFileSync(`/proc/${pid}/stat`, 'utf8')
    return text.slice(text.lastIndexOf(')') + 2).split(' ')
  } catch {
    // It ended while the list was read.
    return []
  }
}
