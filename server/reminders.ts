/** What reminding needs: how often, in ms, the clock, the work itself, and who hears that it failed. */
export type RemindersSettings = {
  every: number
  clock: () => Date
  remind: (now: Date) => Promise<void>
  failed: (error: unknown) => void
}

/** Tells people from time to time what no act of anybody tells, one round after the other, until stopped. */
export class Reminders {
  readonly #settings: RemindersSettings
  readonly #timer: ReturnType<typeof setInterval>
  #round: Promise<void> | null = null

  constructor(settings: RemindersSettings) {
    this.#settings = settings
    this.#timer = setInterval(() => void this.round(), settings.every).unref()
    void this.round()
  }

  /** Begins a round, unless one is under way, and resolves when it is over. */
  round(): Promise<void> {
    this.#round ??= this.#run().finally(() => {
      this.#round = null
    })
    return this.#round
  }

  /** Begins no more rounds and waits for the one under way. */
  async stop(): Promise<void> {
    clearInterval(this.#timer)
    await this.#round
  }

  async #run(): Promise<void> {
    const { remind, clock, failed } = this.#settings
    try {
      await remind(clock())
    } catch (error) {
      failed(error)
    }
  }
}
