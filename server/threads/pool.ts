import { availableParallelism } from 'node:os'
import type { Worker } from 'node:worker_threads'
import type { KeptLog } from '@/lib/agenda/kept-log.ts'
import { startThread } from '@/lib/thread.ts'
import { type Order, type Tasks, tasks } from './tasks.ts'

/** What threads may take, and what is not worth one. */
export type PoolLimits = {
  threads: number
  /** How many tasks may wait for a thread. */
  longestQueue: number
  /** How long a task may take, in ms, before it is cut off with its thread. */
  patience: number
  /** The most a thread may hold, in MB. */
  memory: number
  /** Of fewer bytes than this, in fewer rows, a task takes less than handing it over: it is done at once, here. */
  smallest: number
  fewest: number
}

/** The limits of the product. */
export const poolLimits: PoolLimits = {
  threads: Math.max(1, Math.min(2, availableParallelism() - 1)),
  longestQueue: 1000,
  patience: 30_000,
  memory: 512,
  smallest: 64 * 1024,
  fewest: 64,
}

/** A task was not done: too many wait, it took too long, or its thread died. */
export class TaskError extends Error {}

type Job = {
  order: Order
  resolve: (answer: never) => void
  reject: (error: unknown) => void
}

type Answer = { ok: true; answer: never } | { ok: false; name: string; message: string }

/**
 * Threads for long pure work, so that the main thread goes on passing words along. They are started when first
 * needed; one that takes too long, or too much memory, is ended, and its task alone fails.
 */
export class Pool {
  readonly #limits: PoolLimits
  readonly #queue: Job[] = []
  readonly #idle: Worker[] = []
  readonly #busy = new Set<Worker>()
  #isClosed = false

  constructor(limits: PoolLimits = poolLimits) {
    this.#limits = limits
  }

  /** Has a thread open a document, however small, before one is needed: who comes first should not wait for it. */
  async warm(log: KeptLog): Promise<void> {
    await this.#hand({ name: 'open', log, before: null })
  }

  /**
   * Does a task, in a thread when it is large. Rejects with the task's own error, of which a thread tells name and
   * message, or with TaskError.
   */
  run<Name extends keyof Tasks>(
    name: Name,
    log: KeptLog,
    before: bigint | null = null,
  ): Promise<Tasks[Name]> {
    if (this.#isSmall(log)) return attempt(() => tasks[name](log, before))
    return this.#hand<Tasks[Name]>({ name, log, before })
  }

  /** Ends all threads; what waits or is under way is rejected. */
  async close(): Promise<void> {
    this.#isClosed = true
    for (const { reject } of this.#queue.splice(0)) reject(new TaskError('The process stops'))
    await Promise.all([...this.#idle, ...this.#busy].map((thread) => thread.terminate()))
  }

  #hand<Done>(order: Order): Promise<Done> {
    if (this.#isClosed || this.#queue.length >= this.#limits.longestQueue) {
      return Promise.reject(new TaskError('Too much work waits'))
    }
    return new Promise((resolve, reject) => {
      const job = { order, resolve, reject }
      // Somebody waits for a document that is opened; what else is done here nobody waits for.
      if (order.name === 'open') this.#queue.splice(this.#openings, 0, job)
      else this.#queue.push(job)
      this.#next()
    })
  }

  #isSmall({ rows, snapshot, updates }: KeptLog): boolean {
    const { smallest, fewest } = this.#limits
    return rows < fewest && (snapshot?.length ?? 0) + (updates?.length ?? 0) < smallest
  }

  /** How many of those that wait stand before all others. */
  get #openings(): number {
    const at = this.#queue.findIndex(({ order }) => order.name !== 'open')
    return at < 0 ? this.#queue.length : at
  }

  #next(): void {
    const thread = this.#queue.length > 0 ? this.#freeThread() : undefined
    const job = thread && this.#queue.shift()
    if (job) this.#give(thread, job)
  }

  #freeThread(): Worker | undefined {
    const free = this.#idle.pop()
    return free || this.#busy.size >= this.#limits.threads ? free : this.#startThread()
  }

  #startThread(): Worker {
    const thread = startThread({
      source: new URL('./thread.ts', import.meta.url),
      bundled: 'work-thread.js',
      resourceLimits: { maxOldGenerationSizeMb: this.#limits.memory },
    })
    // Work that waits must not keep a process alive that has nothing else to do.
    thread.unref()
    // One that dies while it has nothing to do is nobody's failure.
    thread.on('error', () => undefined)
    thread.on('exit', () => {
      const at = this.#idle.indexOf(thread)
      if (at !== -1) this.#idle.splice(at, 1)
    })
    return thread
  }

  #give(thread: Worker, { order, resolve, reject }: Job): void {
    this.#busy.add(thread)
    const timer = setTimeout(() => void thread.terminate(), this.#limits.patience)
    const answered = (answer: Answer) => {
      if (!this.#isClosed) this.#idle.push(thread)
      settle(() => (answer.ok ? resolve(answer.answer) : reject(errorOf(answer))))
    }
    const died = (cause: unknown) => settle(() => reject(new TaskError('A thread died', { cause })))
    const ended = () => settle(() => reject(new TaskError('A task took too long')))
    const settle = (end: () => void) => {
      clearTimeout(timer)
      thread.off('message', answered).off('error', died).off('exit', ended)
      this.#busy.delete(thread)
      end()
      this.#next()
    }
    thread.on('message', answered).on('error', died).on('exit', ended)
    thread.postMessage(order)
  }
}

function errorOf({ name, message }: { name: string; message: string }): Error {
  return Object.assign(new Error(message), { name })
}

async function attempt<T>(work: () => T): Promise<T> {
  return work()
}
