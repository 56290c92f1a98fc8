import * as Y from 'yjs'
import { DocumentsClosedError, type LogEntry } from '@/lib/agenda/doc-store.ts'
import { condense } from '@/lib/agenda/merge.ts'
import { type Opening, openUpdates } from '../opening.ts'
import type { DocStore } from '../rooms.ts'

type Kept = { documentId: string; rows: Uint8Array[]; isOpen: boolean }

/** A gate in a test: work waits at it while it is held. */
export class Gate {
  #open: () => void = () => undefined
  #passage: Promise<void> = Promise.resolve()

  hold(): void {
    this.#passage = new Promise((resolve) => {
      this.#open = resolve
    })
  }

  release(): void {
    this.#open()
  }

  pass(): Promise<void> {
    return this.#passage
  }
}

/** A document store in memory whose loads and saves the test can hold, fail and count. */
export class MemoryStore implements DocStore {
  readonly #documents = new Map<string, Kept>()
  readonly loading = new Gate()
  readonly saving = new Gate()
  loads = 0
  saves = 0
  compactions = 0
  /** So many of the next loads and saves fail. */
  failLoads = 0
  failSaves = 0

  add(itemId: string, state: Uint8Array, generation = 1): void {
    const documentId = `${itemId}/${generation}`
    this.#documents.set(documentId, { documentId, rows: [state], isOpen: true })
  }

  /** From now on the document takes no more updates. */
  freeze(itemId: string, generation = 1): void {
    this.#kept(itemId, generation).isOpen = false
  }

  /** All updates kept of a document, the first state among them. */
  rows(itemId: string, generation = 1): Uint8Array[] {
    return this.#kept(itemId, generation).rows
  }

  /** The document as it would be read after a restart. */
  doc(itemId: string, generation = 1): Y.Doc {
    const doc = new Y.Doc()
    for (const row of this.rows(itemId, generation)) Y.applyUpdate(doc, row)
    return doc
  }

  #kept(itemId: string, generation: number): Kept {
    const kept = this.#documents.get(`${itemId}/${generation}`)
    if (!kept) throw new Error('The test added no such document')
    return kept
  }

  async load({ itemId, generation }: { itemId: string; generation: number }) {
    this.loads++
    await this.loading.pass()
    if (this.failLoads > 0) {
      this.failLoads--
      throw new Error('The store is away')
    }
    const kept = this.#documents.get(`${itemId}/${generation}`)
    if (!kept) return null
    return { documentId: kept.documentId, opening: openUpdates(kept.rows), rows: kept.rows.length }
  }

  async append(entries: LogEntry[]): Promise<void> {
    this.saves++
    await this.saving.pass()
    if (this.failSaves > 0) {
      this.failSaves--
      throw new Error('The store is away')
    }
    const closed = entries.filter(({ documentId }) => !this.#documents.get(documentId)?.isOpen)
    if (closed.length > 0)
      throw new DocumentsClosedError([...new Set(closed.map((entry) => entry.documentId))])
    for (const { documentId, data } of entries) this.#documents.get(documentId)?.rows.push(data)
  }

  async compact(documentId: string): Promise<Opening | null> {
    this.compactions++
    const kept = this.#documents.get(documentId)
    if (!kept) return null
    kept.rows = [condense(kept.rows)]
    return openUpdates(kept.rows)
  }
}
