import { execFileSync } from 'node:child_process'
import { mkdirSync, mkdtempSync, rmSync } from 'node:fs'
import path from 'node:path'
import { adapterFor } from '@/prisma/adapter.ts'
import { applyMigrations } from '@/prisma/migrate.ts'
import { projectRoot } from '@/prisma/root.ts'
import { migratedDump } from '@/prisma/testing/database.ts'
import { newPostgres } from '@/prisma/testing/postgres.ts'
import { bundlePrograms } from '@/server/build.ts'
import { Site, type SiteSettings } from './site.ts'

/** What all faults of a run share: the server's program, bundled once, and an empty database to copy. */
export class Stage {
  readonly #folder: string
  readonly #program: string
  #embedded: Promise<string> | null = null
  readonly #postgres: { url: string; template: string; drop: () => Promise<void> } | null

  private constructor(given: {
    folder: string
    program: string
    postgres: { url: string; template: string; drop: () => Promise<void> } | null
  }) {
    this.#folder = given.folder
    this.#program = given.program
    this.#postgres = given.postgres
  }

  /** Prepares a run on a PostgreSQL server, or without one. */
  static async prepare(serverUrl: string | null): Promise<Stage> {
    const cache = path.join(projectRoot, 'node_modules/.cache')
    mkdirSync(cache, { recursive: true })
    const folder = mkdtempSync(path.join(cache, 'faults-'))
    await bundlePrograms({ program: 'server/testing/faults/program.ts' }, folder)
    const postgres = serverUrl === null ? null : await migrated(serverUrl)
    return new Stage({ folder, program: path.join(folder, 'program.js'), postgres })
  }

  get hasPostgres(): boolean {
    return this.#postgres !== null
  }

  open(settings: Omit<SiteSettings, 'program' | 'postgres' | 'embedded'>): Promise<Site> {
    const embedded = () => {
      this.#embedded ??= migratedFolder(path.join(this.#folder, 'data'))
      return this.#embedded
    }
    return Site.open({ ...settings, program: this.#program, postgres: this.#postgres, embedded })
  }

  async dispose(): Promise<void> {
    await this.#postgres?.drop()
    rmSync(this.#folder, { recursive: true, force: true })
  }
}

async function migrated(
  serverUrl: string,
): Promise<{ url: string; template: string; drop: () => Promise<void> }> {
  const { url, name, drop } = await newPostgres(serverUrl)
  await applyMigrations(adapterFor(url))
  return { url: serverUrl, template: name, drop }
}

async function migratedFolder(dataDir: string): Promise<string> {
  const files = path.join(dataDir, 'db')
  mkdirSync(files, { recursive: true })
  const input = new Uint8Array(await (await migratedDump()).arrayBuffer())
  execFileSync('tar', ['-xf', '-', '-C', files], { input, stdio: ['pipe', 'ignore', 'ignore'] })
  return dataDir
}
