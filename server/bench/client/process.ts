import { type ChildProcess, fork } from 'node:child_process'
import { fileURLToPath } from 'node:url'
import { type Answer, type CallName, calls, type Question, replySchema } from './calls.ts'

const main = fileURLToPath(new URL('main.ts', import.meta.url))

/** The process the load comes from, as the run sees it. */
export class ClientProcess {
  readonly #child: ChildProcess
  readonly #waiting = new Map<number, (reply: { answer: unknown; error: string | null }) => void>()
  #calls = 0

  constructor() {
    this.#child = fork(main, [], {
      execArgv: ['--import', 'tsx'],
      stdio: ['ignore', 'ignore', 'inherit', 'ipc'],
    })
    this.#child.on('message', (message) => {
      const { id, ...reply } = replySchema.parse(message)
      this.#waiting.get(id)?.(reply)
      this.#waiting.delete(id)
    })
    this.#child.on('exit', () => {
      for (const tell of this.#waiting.values()) tell({ answer: null, error: 'The client process ended' })
      this.#waiting.clear()
    })
  }

  /** Asks and waits; throws what went wrong there. */
  async call<Name extends CallName>(name: Name, question: Question<Name>): Promise<Answer<Name>> {
    const id = this.#calls++
    const reply = await new Promise<{ answer: unknown; error: string | null }>((resolve) => {
      this.#waiting.set(id, resolve)
      this.#child.send({ id, name, question })
    })
    if (reply.error !== null) throw new Error(reply.error)
    return calls[name].answer.parse(reply.answer) as Answer<Name>
  }

  end(): void {
    this.#child.kill('SIGKILL')
  }
}
