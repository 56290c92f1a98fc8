import type { StoreKind } from '@/lib/db.ts'
import type { Env } from '@/lib/env.ts'

/** Why a process is not ready. */
export type HealthCode = 'database-away' | 'migrations-missing' | 'stopping'

/** What the process says of itself to whoever asks; nothing of it is secret. */
export type Health = {
  status: 'ready' | 'not-ready'
  codes: HealthCode[]
  role: Env['role']
  store: StoreKind
  /** Do the pages answer? Null where this process has none. */
  pages: 'answering' | 'away' | null
}

/** What the health of a process is read from. */
export type HealthSources = {
  role: Env['role']
  store: StoreKind
  /** The migrations this process needs. */
  migrations: readonly string[]
  /** The migrations the database has had. */
  applied: () => Promise<string[]>
  pages: (() => boolean) | null
  /** How long the database may take to answer, in ms. */
  patience?: number
}

const keepFor = 1000

/**
 * Readiness: the database answers and is migrated. It is asked at most once a second and once at a time, so that
 * asking costs nothing however often it is done; pages that are away are told but do not count, because the sync server goes on.
 */
export class HealthCheck {
  readonly #sources: HealthSources
  #asking: Promise<HealthCode | null> | null = null
  #isStopping = false

  constructor(sources: HealthSources) {
    this.#sources = sources
  }

  /** From now on the process is not ready. */
  stop(): void {
    this.#isStopping = true
  }

  /** How the process is now. */
  async read(): Promise<Health> {
    const { role, store, pages } = this.#sources
    const code = this.#isStopping ? 'stopping' : await this.#ask()
    return {
      status: code ? 'not-ready' : 'ready',
      codes: code ? [code] : [],
      role,
      store,
      pages: pages && (pages() ? 'answering' : 'away'),
    }
  }

  #ask(): Promise<HealthCode | null> {
    if (!this.#asking) {
      this.#asking = this.#askDatabase()
      void this.#asking.then(() => setTimeout(() => this.#forget(), keepFor).unref())
    }
    return this.#asking
  }

  #forget(): void {
    this.#asking = null
  }

  async #askDatabase(): Promise<HealthCode | null> {
    const { applied, migrations, patience = 2000 } = this.#sources
    const late = new Promise<null>((resolve) => setTimeout(() => resolve(null), patience).unref())
    const names = await Promise.race([applied().catch(() => null), late])
    if (!names) return 'database-away'
    return migrations.every((name) => names.includes(name)) ? null : 'migrations-missing'
  }
}
