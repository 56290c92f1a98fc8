import { DocumentsClosedError, type LogEntry } from '@/lib/agenda/doc-store.ts'

/** Who writes in the journal: one room with a document. */
export type Writer = {
  /** Saves began to fail, or work again. */
  savesFail(isFailing: boolean): void
  /** The document takes no more updates: what was written and not yet committed can never be. */
  documentClosed(): void
  /** The database refuses this writer's next line for good, though it takes those of others. */
  lineRefused(): void
}

/** One frame on its way to the database; without an entry it only waits for those before it. */
export type Line = {
  readonly writer: Writer
  readonly entry: LogEntry | null
  /** Called once, when the line and all of the writer's before it are durable. */
  committed(): void
}

/** Writes updates of many documents in one transaction. Throws DocumentsClosedError for those that take no more. */
export type Append = (entries: LogEntry[]) => Promise<void>

/** How the journal waits and whom it tells; all times in milliseconds. */
export type JournalSettings = {
  append: Append
  /** How long the first line waits for company. */
  gatherFor: number
  /** The least time from the start of one batch to that of the next: what comes meanwhile goes together, … */
  batchEvery: number
  /** … unless so many lines wait, which cost little each. */
  enough: number
  /** The pause after the first failure; it doubles up to `longestPause`. */
  firstPause: number
  longestPause: number
  /** A batch that takes longer than this is told of as one that fails; it may yet be taken. */
  lateAfter: number
  /** With more lines or bytes than these on their way the journal is full. */
  maxLines: number
  maxBytes: number
  /** The journal is full: nobody may write until it is told that it is not. */
  full: (isFull: boolean) => void
  /** Told of each failure; content is never part of it. */
  failed: (error: unknown, lines: number) => void
}

const largestBatch = 500
// A transaction that is too big for its time limit would fail for ever, and hold up everyone behind it.
const largestBytes = 8 * 1024 * 1024
// A line that failed alone so often, and each time others went through after it, is refused for good.
const patience = 3

/**
 * The group commit. Lines of all rooms stand in one queue in the order they came and leave it only when they are in
 * the database: one batch is under way at a time, and what comes meanwhile makes the next. A batch that fails is
 * tried again, for ever, with longer pauses; a document that takes no more is told so and its lines are taken out.
 *
 * A failure may be the database's, or one line's. So after one the first line is tried alone. When that fails too, its
 * writer is put aside and another's first line is tried: if that is taken the database is well and the first line is
 * under suspicion. One that fails so again and again is refused and its writer told, and nobody else waits for it.
 */
export class Journal {
  readonly #settings: JournalSettings
  #queue: Line[] = []
  #bytes = 0
  #isFull = false
  #work: Promise<void> | null = null
  readonly #lines = new Map<Writer, number>()
  readonly #failing = new Set<Writer>()
  /** Writers whose first line failed alone, and how often others went through after it. */
  readonly #suspects = new Map<Writer, number>()
  readonly #aside = new Set<Writer>()
  #limit = largestBatch
  #failures = 0
  #isLate = false
  #endPause: (() => void) | null = null
  #endGathering: (() => void) | null = null

  constructor(settings: JournalSettings) {
    this.#settings = settings
  }

  /** Puts a line at the end of the queue. */
  write(line: Line): void {
    this.#queue.push(line)
    this.#bytes += line.entry?.data.length ?? 0
    this.#lines.set(line.writer, (this.#lines.get(line.writer) ?? 0) + 1)
    this.#work ??= this.#run()
    if (this.#queue.length >= this.#settings.enough) this.#endGathering?.()
    if (this.#isLate) this.#tellFailing(line.writer)
    this.#measure()
  }

  /** Has this writer lines that are not in the database? */
  holds(writer: Writer): boolean {
    return this.#lines.has(writer)
  }

  /** Are saves failing at the moment? */
  get isFailing(): boolean {
    return this.#failures > 0
  }

  /** How many lines wait for the database, and their bytes. */
  get backlog(): { lines: number; bytes: number } {
    return { lines: this.#queue.length, bytes: this.#bytes }
  }

  /** Resolves when the queue is empty, however long that takes; cuts a pause short. */
  async flush(): Promise<void> {
    this.#endPause?.()
    await this.#work
  }

  async #run(): Promise<void> {
    await this.#pause(this.#settings.gatherFor)
    while (this.#queue.length > 0) {
      const began = performance.now()
      const batch = this.#nextBatch()
      if (batch.length > 0) await this.#commit(batch)
      else await this.#backOff()
      const left = this.#settings.batchEvery - (performance.now() - began)
      if (this.#queue.length > 0 && this.#limit === largestBatch && left > 0) await this.#gather(left)
    }
    this.#work = null
  }

  async #gather(ms: number): Promise<void> {
    if (this.#queue.length >= this.#settings.enough) return
    const gathered = this.#pause(ms)
    this.#endGathering = this.#endPause
    await gathered
    this.#endGathering = null
  }

  /** The lines that fit into one transaction: at least one, unless all are of writers put aside. */
  #nextBatch(): Line[] {
    const batch: Line[] = []
    let bytes = 0
    for (const line of this.#queue) {
      if (this.#aside.has(line.writer)) continue
      bytes += line.entry?.data.length ?? 0
      if (batch.length === this.#limit || (batch.length > 0 && bytes > largestBytes)) break
      batch.push(line)
    }
    return batch
  }

  async #commit(batch: Line[]): Promise<void> {
    const entries: LogEntry[] = []
    for (const { entry } of batch) if (entry) entries.push(entry)
    try {
      if (entries.length > 0) await this.#append(entries)
    } catch (error) {
      if (error instanceof DocumentsClosedError) this.#strike(error.documentIds)
      else await this.#failed(error, batch)
      return
    }
    this.#remove(batch)
    if (entries.length > 0) this.#taken(batch)
    for (const line of batch) line.committed()
  }

  // A database that fell silent gives no error for a long time; people must know sooner.
  async #append(entries: LogEntry[]): Promise<void> {
    const timer = setTimeout(() => {
      this.#isLate = true
      for (const writer of this.#lines.keys()) this.#tellFailing(writer)
    }, this.#settings.lateAfter)
    try {
      await this.#settings.append(entries)
    } finally {
      clearTimeout(timer)
      this.#isLate = false
    }
  }

  #tellFailing(writer: Writer): void {
    if (!this.#failing.has(writer)) writer.savesFail(true)
    this.#failing.add(writer)
  }

  #taken(batch: Line[]): void {
    this.#failures = 0
    this.#limit = Math.min(largestBatch, this.#limit * 2)
    for (const { writer } of batch) this.#suspects.delete(writer)
    for (const writer of this.#aside) this.#suspect(writer)
    this.#aside.clear()
    for (const writer of this.#failing) {
      if (this.#suspects.has(writer)) continue
      this.#failing.delete(writer)
      writer.savesFail(false)
    }
  }

  #suspect(writer: Writer): void {
    const times = (this.#suspects.get(writer) ?? 0) + 1
    this.#suspects.set(writer, times)
    if (times < patience) return
    this.#expel(new Set([writer]))
    writer.lineRefused()
  }

  async #failed(error: unknown, batch: Line[]): Promise<void> {
    this.#settings.failed(error, this.#queue.length)
    for (const writer of this.#lines.keys()) this.#tellFailing(writer)
    this.#limit = 1
    const [first, second] = batch
    // Together they failed: would the first alone?
    if (second) return
    // Alone it failed: would another's go through? When two writers' lines fail it is the database.
    if (first && this.#aside.size === 0 && this.#lines.size > 1) this.#aside.add(first.writer)
    else await this.#backOff()
  }

  async #backOff(): Promise<void> {
    const { firstPause, longestPause } = this.#settings
    this.#aside.clear()
    const pause = Math.min(firstPause * 2 ** this.#failures, longestPause)
    this.#failures++
    await this.#pause(pause)
  }

  #strike(documentIds: string[]): void {
    const closed = new Set(documentIds)
    const writers = new Set<Writer>()
    for (const { entry, writer } of this.#queue)
      if (entry && closed.has(entry.documentId)) writers.add(writer)
    this.#expel(writers)
    for (const writer of writers) writer.documentClosed()
  }

  #expel(writers: Set<Writer>): void {
    this.#remove(this.#queue.filter((line) => writers.has(line.writer)))
    for (const writer of writers) {
      this.#failing.delete(writer)
      this.#suspects.delete(writer)
      this.#aside.delete(writer)
    }
  }

  #remove(lines: Line[]): void {
    const isFront = lines.at(-1) === this.#queue[lines.length - 1]
    if (isFront) this.#queue = this.#queue.slice(lines.length)
    else {
      const gone = new Set(lines)
      this.#queue = this.#queue.filter((line) => !gone.has(line))
    }
    for (const { writer, entry } of lines) {
      this.#bytes -= entry?.data.length ?? 0
      const left = (this.#lines.get(writer) ?? 0) - 1
      if (left > 0) this.#lines.set(writer, left)
      else this.#lines.delete(writer)
    }
    this.#measure()
  }

  // Full at the limit and open again at half of it, so that it does not flicker.
  #measure(): void {
    const { maxLines, maxBytes, full } = this.#settings
    const share = Math.max(this.#queue.length / maxLines, this.#bytes / maxBytes)
    if (this.#isFull ? share > 0.5 : share < 1) return
    this.#isFull = !this.#isFull
    full(this.#isFull)
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
