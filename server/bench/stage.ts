import { spawn } from 'node:child_process'
import {
  cpSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  statSync,
  writeFileSync,
} from 'node:fs'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { fileURLToPath } from 'node:url'
import { PrismaPg } from '@prisma/adapter-pg'
import { createState } from '@/lib/agenda/doc.ts'
import { childEnvironment } from '@/lib/env.ts'
import { startPostgres } from '@/prisma/testing/postgres.ts'
import { agendaState, writeEdits } from './documents.ts'
import { authSecret } from './names.ts'

const seedFile = fileURLToPath(new URL('seed.ts', import.meta.url))

/** A fresh database of ours and what it uses beside the server's process. */
export type Store = {
  env: Record<string, string>
  /** Has the database processes of its own? */
  hasProcesses: boolean
  /** CPU time of the database's own processes, in µs; 0 where it has none. */
  cpu(): number
  /** What the document of the first item takes: its data, and the whole table or folder on disk, in bytes. */
  storedBytes(): Promise<{ data: number; disk: number }>
  dispose(): Promise<void>
}

/** Where a run keeps its files, and the databases it copies each server's from; made when first asked for. */
export class Stage {
  readonly folder = mkdtempSync(path.join(tmpdir(), 'dagsorden-bench-'))
  readonly stateFile = path.join(this.folder, 'state')
  readonly cookieFile = path.join(this.folder, 'cookies.json')
  #embedded: Promise<string> | null = null
  #postgres: ReturnType<typeof preparePostgres> | null = null
  #documents: { agenda: string; edited: string } | null = null
  #count = 0

  constructor() {
    writeFileSync(this.stateFile, typingState())
  }

  /** A folder of its own for a server's files. */
  newFolder(): string {
    const folder = path.join(this.folder, `data-${this.#count++}`)
    mkdirSync(folder)
    return folder
  }

  /** The files of the documents that are opened; written when first asked for. */
  documents(): { agenda: string; edited: string } {
    this.#documents ??= writeDocuments(this.folder)
    return this.#documents
  }

  async embedded(): Promise<Store> {
    this.#embedded ??= prepareEmbedded(this)
    const template = await this.#embedded
    const folder = this.newFolder()
    cpSync(template, folder, { recursive: true })
    return {
      env: { AUTH_SECRET: authSecret, DATA_DIR: folder },
      hasProcesses: false,
      cpu: () => 0,
      storedBytes: () => Promise.resolve({ data: 0, disk: folderBytes(folder) }),
      dispose: async () => rmSync(folder, { recursive: true, force: true }),
    }
  }

  async postgres(): Promise<Store> {
    this.#postgres ??= preparePostgres(this)
    const { admin, url, pid } = await this.#postgres
    const name = `bench_${this.#count++}`
    await admin.executeScript(`CREATE DATABASE "${name}" TEMPLATE bench_template`)
    return {
      env: { AUTH_SECRET: authSecret, DATABASE_URL: withDatabase(url, name), DATA_DIR: this.newFolder() },
      hasProcesses: true,
      cpu: () => processTreeCpu(pid),
      storedBytes: () => Promise.resolve({ data: 0, disk: 0 }),
      dispose: () => admin.executeScript(`DROP DATABASE "${name}" WITH (FORCE)`),
    }
  }

  async dispose(): Promise<void> {
    const postgres = await this.#postgres?.catch(() => null)
    await postgres?.admin.dispose()
    postgres?.stop()
    rmSync(this.folder, { recursive: true, force: true })
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

function writeDocuments(folder: string): { agenda: string; edited: string } {
  const files = { agenda: path.join(folder, 'agenda'), edited: path.join(folder, 'edited') }
  writeFileSync(files.agenda, agendaState())
  writeFileSync(files.edited, writeEdits({ count: 100_000, run: 5.6 }).state)
  return files
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

function seed(stage: Stage, env: Record<string, string>): Promise<void> {
  const args = ['--import', 'tsx', seedFile, stage.stateFile, stage.cookieFile]
  const child = spawn(process.execPath, args, {
    env: childEnvironment({ AUTH_SECRET: authSecret, ...env }),
    stdio: ['ignore', 'ignore', 'inherit'],
  })
  return new Promise((resolve, reject) => {
    child.once('error', reject)
    child.once('exit', (code) =>
      code === 0 ? resolve() : reject(new Error('The database could not be filled')),
    )
  })
}

/** The bytes of all files of a folder. */
export function folderBytes(folder: string): number {
  return readdirSync(folder, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile())
    .reduce((sum, entry) => sum + statSync(path.join(entry.parentPath, entry.name)).size, 0)
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
