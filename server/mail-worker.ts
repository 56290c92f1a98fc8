import { systemClock } from '@/lib/clock.ts'
import type { Listening } from '@/lib/db.ts'
import type { Env } from '@/lib/env.ts'
import { log } from '@/lib/log.ts'
import { openMailer } from '@/lib/mail.ts'
import { forgetOldMail, type Post, sendNext } from '@/lib/notices/outbox-service.ts'
import { onSignal } from '@/lib/signals.ts'

/** How the worker keeps time; all in milliseconds. */
export type MailPauses = {
  /** How often it looks for mail that has come due without anybody saying so. */
  pollEvery: number
  /** The pause after the mail server did not answer; it doubles up to `longestPause`. */
  firstPause: number
  longestPause: number
  forgetEvery: number
}

const productPauses: MailPauses = {
  pollEvery: 15_000,
  firstPause: 1000,
  longestPause: 60_000,
  forgetEvery: 6 * 60 * 60 * 1000,
}

// So many mails at once: one slow server should not hold up a whole body, nor a whole body flood a server.
const lanes = 3

/**
 * Sends what lies in the outbox, as long as the process lives: at once when a signal tells of news, else when it looks
 * again. Any number of processes may have one; the outbox gives each mail to one of them.
 */
export class MailWorker {
  readonly #post: Post
  readonly #pauses: MailPauses
  readonly #ear: Listening
  readonly #lanes: Promise<void>[]
  readonly #forget: ReturnType<typeof setInterval>
  readonly #closed = new AbortController()
  #sleepers = new Set<() => void>()
  #news = 0

  constructor(post: Post, pauses: Partial<MailPauses> = {}) {
    this.#post = post
    this.#pauses = { ...productPauses, ...pauses }
    this.#ear = onSignal({
      heard: ({ kind }) => {
        if (kind === 'notices-changed') this.wake()
      },
      garbled: () => undefined,
      listening: (isListening) => isListening && this.wake(),
    })
    this.#forget = setInterval(() => this.#tidy(), this.#pauses.forgetEvery).unref()
    this.#lanes = Array.from({ length: lanes }, () => this.#run())
  }

  /** Says that there may be mail to send. */
  wake(): void {
    this.#news++
    for (const awaken of this.#sleepers) awaken()
  }

  /** Takes no more mail and resolves when what is under way is done. */
  async close(): Promise<void> {
    this.#closed.abort()
    clearInterval(this.#forget)
    this.wake()
    await Promise.all([this.#ear.close(), ...this.#lanes])
  }

  async #run(): Promise<void> {
    let failures = 0
    while (!this.#closed.signal.aborted) {
      const news = this.#news
      const came = await this.#sendOne()
      failures = came === 'away' ? failures + 1 : 0
      if (came === 'away') await this.#rest(this.#pauseAfter(failures), false)
      // What came while it looked may have come too late to be seen.
      else if (came === 'idle' && news === this.#news) await this.#rest(this.#pauses.pollEvery, true)
    }
  }

  async #sendOne(): ReturnType<typeof sendNext> {
    try {
      return await sendNext(this.#post)
    } catch (err) {
      log.error({ err }, 'the outbox could not be read')
      return 'away'
    }
  }

  #pauseAfter(failures: number): number {
    const { firstPause, longestPause } = this.#pauses
    return Math.min(firstPause * 2 ** (failures - 1), longestPause) * (0.5 + this.#post.chance() / 2)
  }

  #rest(time: number, isLight: boolean): Promise<void> {
    return new Promise((resolve) => {
      const awaken = () => {
        if (!isLight && !this.#closed.signal.aborted) return
        clearTimeout(timer)
        this.#sleepers.delete(awaken)
        resolve()
      }
      const timer = setTimeout(() => {
        this.#sleepers.delete(awaken)
        resolve()
      }, time)
      this.#sleepers.add(awaken)
      if (this.#closed.signal.aborted) awaken()
    })
  }

  #tidy(): void {
    forgetOldMail(this.#post.clock()).catch((err: unknown) =>
      log.error({ err }, 'old mail could not be removed'),
    )
  }
}

/** Starts the worker of this process; null where no mail server is set up. */
export function openMailWorker({ smtpUrl, mailFrom }: Pick<Env, 'smtpUrl' | 'mailFrom'>): MailWorker | null {
  if (!smtpUrl) return null
  return new MailWorker({
    mailer: openMailer({ smtpUrl, mailFrom }),
    clock: systemClock,
    chance: Math.random,
  })
}
