import { DocumentsClosedError, type LogEntry } from '@/lib/agenda/doc-store.ts'

/** Who writes in the journal: one room with a document. */
export type Writer = {
  /** Saves began to fail, or work again. */
  savesFail(isFailing: boolean): void
  /** The document takes no more updates: what was written and not yet committed can never be. */
  documentClosed(): void
}

/** One frame on its way to the database; without an entry it only waits for those before it. */
export type Line = { writer: Writer; entry: LogEntry | null; committed: () => void }

/** Writes updates of many documents in one transaction. Throws DocumentsClosedError for those that take no more. */
export type Append = (entries: LogEntry[]) => Promise<void>

/** How the journal waits and whom it tells; all times in milliseconds. */
export type JournalSettings = {
  append: Append
  /** How long the first line waits for company, in ms. */
  gatherFor: number
  /** The pause after the first failure, in ms; it doubles up to `longestPause`. */
  firstPause: number
  longestPause: number
  /** Told of each failure; content is never part of it. */
  failed: (error: unknown, lines: number) => void
}

const largestBatch = 500
// A transaction that is too big for its time limit would fail for ever, and hold up everyone behind it.
const largestBytes = 8 * 1024 * 1024

/**
 * The group commit. Lines of all rooms stand in one queue in the order they came and leave it only when they are in
 * the database: one batch is under way at a time, and what comes meanwhile makes the next. A batch that fails is
 * tried again, for ever, with longer pauses; a document that takes no more is told so and its lines are taken out.
 */
export class Journal {
  readonly #settings: JournalSettings
  #queue: Line[] = []
  #work: Promise<void> | null = null
  #failing = new Set<Writer>()
  #failures = 0
  #endPause: (() => void) | null = null

  constructor(settings: JournalSettings) {
    this.#settings = settings
  }

  /** Puts a line at the end of the queue. `committed` is called once, when it and all before it are durable. */
  write(line: Line): void {
    this.#queue.push(line)
    this.#work ??= this.#run()
  }

  /** Has this writer lines that are not in the database? */
  holds(writer: Writer): boolean {
    return this.#queue.some((line) => line.writer === writer)
  }

  /** Are saves failing at the moment? */
  get isFailing(): boolean {
    return this.#failures > 0
  }

  /** Resolves when the queue is empty, however long that takes; cuts a pause short. */
  async flush(): Promise<void> {
    this.#endPause?.()
    await this.#work
  }

  async #run(): Promise<void> {
    await this.#pause(this.#settings.gatherFor)
    while (this.#queue.length > 0) await this.#commit(firstBatch(this.#queue))
    this.#work = null
  }

  async #commit(batch: Line[]): Promise<void> {
    const entries = batch.flatMap(({ entry }) => (entry ? [entry] : []))
    try {
      if (entries.length > 0) await this.#settings.append(entries)
    } catch (error) {
      if (error instanceof DocumentsClosedError) this.#strike(error.documentIds)
      else await this.#failed(error)
      return
    }
    this.#queue.splice(0, batch.length)
    if (entries.length > 0) this.#recovered()
    for (const line of batch) line.committed()
  }

  #strike(documentIds: string[]): void {
    const isClosed = ({ entry }: Line) => entry !== null && documentIds.includes(entry.documentId)
    const writers = new Set(this.#queue.filter(isClosed).map((line) => line.writer))
    this.#queue = this.#queue.filter((line) => !writers.has(line.writer))
    for (const writer of writers) {
      this.#failing.delete(writer)
      writer.documentClosed()
    }
  }

  async #failed(error: unknown): Promise<void> {
    const { failed, firstPause, longestPause } = this.#settings
    failed(error, this.#queue.length)
    const pause = Math.min(firstPause * 2 ** this.#failures, longestPause)
    this.#failures++
    for (const { writer } of this.#queue) {
      if (!this.#failing.has(writer)) writer.savesFail(true)
      this.#failing.add(writer)
    }
    await this.#pause(pause)
  }

  #recovered(): void {
    this.#failures = 0
    const writers = [...this.#failing]
    this.#failing.clear()
    for (const writer of writers) writer.savesFail(false)
  }

  #pause(ms: number): Promise<void> {
    return new Promise((resolve) => {
      const timer = setTimeout(resolve, ms)
      this.#endPause = () => {
        clearTimeout(timer)
        resolve()
      }
    })
  }
}

/** The lines that fit into one transaction; always at least one. */
function firstBatch(queue: Line[]): Line[] {
  let bytes = 0
  const tooMuch = queue.findIndex(({ entry }, at) => {
    bytes += entry?.data.length ?? 0
    return at === largestBatch || (at > 0 && bytes > largestBytes)
  })
  return queue.slice(0, tooMuch === -1 ? queue.length : tooMuch)
}
