import { type ChildProcess, fork } from 'node:child_process'
import { once } from 'node:events'
import { childEnvironment } from '@/lib/env.ts'
import { type Answer, answerSchema, type Begin, type ServerFigures } from './orders.ts'

type Kind = Answer['kind']

/** One process of a server under test, from standing by to its end, however that comes. */
export class ServerProcess {
  readonly #child: ChildProcess
  readonly #standing: Promise<void>
  readonly #exit: Promise<number | null>
  #log = ''
  /** Where its database answers, once it has begun. */
  databaseUrl = ''

  constructor(program: string) {
    this.#child = fork(program, [], {
      env: childEnvironment({ NODE_ENV: 'production', LOG_LEVEL: 'error' }),
      execArgv: ['--expose-gc', '--enable-source-maps'],
      stdio: ['ignore', 'ignore', 'pipe', 'ipc'],
    })
    this.#child.stderr?.setEncoding('utf8').on('data', (text: string) => {
      this.#log = (this.#log + text).slice(-200_000)
    })
    this.#exit = once(this.#child, 'close').then(([code]) => code as number | null)
    this.#standing = this.#answer('standing').then(() => undefined)
    this.#standing.catch(() => undefined)
  }

  get pid(): number {
    return this.#child.pid ?? 0
  }

  /** Has it ended? */
  get isGone(): boolean {
    return this.#child.exitCode !== null || this.#child.signalCode !== null
  }

  /** What it wrote to its log, the last of it. */
  get log(): string {
    return this.#log
  }

  /** Lets it begin; resolves when it takes connections, and rejects with its last words when it ends instead. */
  async begin(given: Omit<Begin, 'kind'>): Promise<void> {
    await this.#standing
    const ready = this.#answer('ready')
    this.#child.send({ kind: 'begin', ...given })
    this.databaseUrl = (await ready).databaseUrl
  }

  async figures({ collect = false } = {}): Promise<ServerFigures> {
    const answer = this.#answer('figures')
    this.#child.send({ kind: 'figures', collect })
    return answer
  }

  /** Kills it at once; what it had not yet handed to the system is gone. */
  kill(): void {
    this.#child.kill('SIGKILL')
  }

  /** Asks it to stop in order. */
  stop(): Promise<number | null> {
    this.#child.kill('SIGTERM')
    return this.ended()
  }

  /** Holds its clock still, and lets it run again. */
  signal(name: 'SIGSTOP' | 'SIGCONT'): void {
    this.#child.kill(name)
  }

  /** Its exit code, once it has ended; null when it was killed. */
  ended(): Promise<number | null> {
    return this.#exit
  }

  #answer<K extends Kind>(kind: K): Promise<Extract<Answer, { kind: K }>> {
    return new Promise((resolve, reject) => {
      const hear = (message: unknown) => {
        const answer = answerSchema.parse(message)
        if (answer.kind !== kind) return
        settle()
        resolve(answer as Extract<Answer, { kind: K }>)
      }
      const fail = () => {
        settle()
        reject(new Error(this.#log.trim() || 'The server ended'))
      }
      const settle = () => this.#child.off('message', hear).off('close', fail)
      this.#child.on('message', hear).on('close', fail)
    })
  }
}
