import { type ChildProcess, fork } from 'node:child_process'
import { mkdtempSync, rmSync } from 'node:fs'
import { setPriority, tmpdir } from 'node:os'
import path from 'node:path'
import { fileURLToPath } from 'node:url'
import { log } from '@/lib/log.ts'
import { counter, exposition, gauge } from '../metrics.ts'
import { answerAway } from './away.ts'
import { livePath, metricsPath, type Order, ready, type Serve } from './messages.ts'
import { PageProxy } from './proxy.ts'

/** How the process of the pages is watched; all times in milliseconds. */
export type PageChildSettings = {
  isDev: boolean
  /** The program, where it is not the product's own. */
  program?: string
  /** The pause before the first restart; it doubles up to `longestPause` while the pages die young. */
  firstPause: number
  longestPause: number
  /** So long it must have answered for the next pause to be the first again. */
  steadyAfter: number
  /** How often it is asked whether it answers, and how long it may take before it is ended. */
  askEvery: number
  patience: number
  /** How long it may take to stop in order. */
  stopWithin: number
}

const productSettings: PageChildSettings = {
  isDev: false,
  firstPause: 100,
  longestPause: 10_000,
  steadyAfter: 30_000,
  askEvery: 5000,
  patience: 60_000,
  stopWithin: 5000,
}

// Sources have no bundle: there the program is the source, read by the loader this process was started with.
const ownProgram = fileURLToPath(
  new URL(import.meta.url.endsWith('.ts') ? './process.ts' : './pages.js', import.meta.url),
)

/**
 * The process of the pages as its parent sees it: started at once, told what to serve when that is known, started
 * again when it dies or no longer answers, for ever. What is asked of it while it is away is answered with 503.
 */
export class PageChild {
  readonly #settings: PageChildSettings
  readonly #folder = mkdtempSync(path.join(tmpdir(), 'dagsorden-'))
  readonly #socket = path.join(this.#folder, 'pages')
  readonly proxy = new PageProxy(this.#socket, { away: answerAway })
  /** Resolves when the pages answer for the first time; rejects when they die before that. */
  readonly answers: Promise<void>
  #begin: { resolve: () => void; reject: (error: Error) => void } = { resolve: noop, reject: noop }
  #child: ChildProcess
  #serve: Serve | null = null
  #readyAt: number | null = null
  #restarts = 0
  #deaths = 0
  #isStopping = false
  #isAsking = false
  #timer: ReturnType<typeof setTimeout> | null = null
  #watch: ReturnType<typeof setInterval> | null = null

  constructor(settings: Partial<PageChildSettings> = {}) {
    this.#settings = { ...productSettings, ...settings }
    this.answers = new Promise((resolve, reject) => {
      this.#begin = { resolve, reject }
    })
    this.answers.catch(noop)
    this.#child = this.#start()
  }

  /** Do the pages answer, as far as is known? */
  get isReady(): boolean {
    return this.#readyAt !== null
  }

  /** Says what to serve, now and after each restart. */
  serve(given: Omit<Serve, 'kind'>): void {
    this.#serve = { kind: 'serve', ...given }
    this.#tell(this.#serve)
  }

  /** The figures of the pages in Prometheus's text format; those of the restarts alone while they are away. */
  async metrics(): Promise<string> {
    const own = exposition([
      gauge('dagsorden_pages_up', 'Do the pages answer?', this.isReady ? 1 : 0),
      counter('dagsorden_pages_restarts_total', 'How often the pages were started again.', this.#restarts),
    ])
    return own + (await this.proxy.text(metricsPath, 2000).catch(() => ''))
  }

  /** Lets the requests under way end, then the process; what is left after a while is killed. */
  async stop(): Promise<void> {
    this.#isStopping = true
    if (this.#timer) clearTimeout(this.#timer)
    if (this.#watch) clearInterval(this.#watch)
    this.proxy.close()
    const child = this.#child
    if (isAlive(child)) {
      const ended = new Promise((resolve) => child.once('exit', resolve))
      this.#tell({ kind: 'stop' })
      const late = setTimeout(() => child.kill('SIGKILL'), this.#settings.stopWithin)
      await ended
      clearTimeout(late)
    }
    rmSync(this.#folder, { recursive: true, force: true })
  }

  #start(): ChildProcess {
    const { isDev, program = ownProgram } = this.#settings
    rmSync(this.#socket, { force: true })
    const child = fork(program, [this.#socket, ...(isDev ? ['--dev'] : [])], {
      stdio: ['ignore', 'inherit', 'inherit', 'ipc'],
      execArgv: program.endsWith('.ts') ? ['--import', 'tsx'] : [],
    })
    child.on('message', (message) => message === ready && this.#answers())
    child.on('error', (err) => log.error({ err }, 'the process of the pages could not be reached'))
    child.once('exit', (code, signal) => this.#died(code, signal))
    // Typing goes before rendering where both want the same processor.
    if (child.pid !== undefined && !isDev) yieldTo(child.pid)
    return child
  }

  #answers(): void {
    this.#readyAt = performance.now()
    this.#begin.resolve()
    const { askEvery } = this.#settings
    this.#watch ??= setInterval(() => void this.#ask(), askEvery).unref()
  }

  async #ask(): Promise<void> {
    if (this.#isAsking || !this.isReady) return
    this.#isAsking = true
    const child = this.#child
    const { patience } = this.#settings
    try {
      await this.proxy.text(livePath, patience)
    } catch (error) {
      // Any other failure is a process that is about to end by itself.
      const isLate = error instanceof Error && error.name === 'AbortError'
      if (isLate && child === this.#child && isAlive(child)) {
        log.error({ patience }, 'the pages do not answer; their process is ended')
        child.kill('SIGKILL')
      }
    } finally {
      this.#isAsking = false
    }
  }

  #died(code: number | null, signal: string | null): void {
    const { firstPause, longestPause, steadyAfter } = this.#settings
    const lived = this.#readyAt === null ? 0 : performance.now() - this.#readyAt
    this.#readyAt = null
    if (this.#isStopping) return
    this.#begin.reject(new Error(`The process of the pages ended (${signal ?? code}) before it answered`))
    this.#deaths = lived > steadyAfter ? 0 : this.#deaths
    const pause = Math.min(firstPause * 2 ** this.#deaths++, longestPause)
    log.error({ code, signal, pause }, 'the process of the pages ended; it is started again')
    this.#timer = setTimeout(() => {
      this.#restarts++
      this.#child = this.#start()
      if (this.#serve) this.#tell(this.#serve)
    }, pause)
  }

  #tell(order: Order): void {
    // A child that can't be told is dying, and its exit says the rest.
    if (this.#child.connected) this.#child.send(order, noop)
  }
}

function isAlive(child: ChildProcess): boolean {
  return child.exitCode === null && child.signalCode === null
}

function yieldTo(pid: number): void {
  try {
    setPriority(pid, 5)
  } catch (err) {
    log.debug({ err }, 'the pages could not be given a lower priority')
  }
}

function noop(): void {}
