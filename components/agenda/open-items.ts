import { read } from '@/lib/agenda/doc.ts'
import { type ItemConnection, openItem, type SaveState } from './connection.ts'
import { forgetCopy, type KeptWords, sweepCopies } from './offline-copy.ts'
import { worstState } from './save-state.ts'
import { ItemUndo } from './undo.ts'

/** An item whose document is open in this window. */
export type LiveItem = { key: string; connection: ItemConnection; undo: ItemUndo; write: boolean }

export type OpenRequest = { itemId: string; generation: number; write: boolean; keepOffline: boolean }

type Entry = {
  request: OpenRequest
  live: LiveItem
  ready: boolean
  wanted: boolean
  stop: () => void
  leaving: number | null
}

const nothingKept: KeptWords[] = []

/** How long an item stays open after it left the neighbourhood of the screen, in milliseconds. */
const linger = 5_000

/**
 * The documents open in this window, by item. An item that is no longer wanted is closed a little later, and never
 * while something in it can still be saved. One that was refused is asked for anew when it is wanted again: it may
 * have been deleted and brought back.
 */
export class OpenItems {
  #entries = new Map<string, Entry>()
  #kept = new Map<string, KeptWords[]>()
  #listeners = new Set<() => void>()
  readonly #userId: string
  #state: SaveState = { status: 'saved', at: null }

  constructor(userId: string) {
    this.#userId = userId
  }

  subscribe = (listener: () => void): (() => void) => {
    this.#listeners.add(listener)
    return () => this.#listeners.delete(listener)
  }

  /** The open item once it holds its words, or null. */
  get = (itemId: string): LiveItem | null => {
    const entry = this.#entries.get(itemId)
    return entry?.ready ? entry.live : null
  }

  /** One state for all open items; the same object until it changes. */
  saveState = (): SaveState => this.#state

  /** What was never saved in documents of the item that no longer stand; the same list until it changes. */
  keptAside = (itemId: string): KeptWords[] => this.#kept.get(itemId) ?? nothingKept

  /** Looks for what an earlier window left unsaved in generations before this one. */
  async findKept(itemId: string, before: number): Promise<void> {
    for (const words of await sweepCopies({ itemId, userId: this.#userId }, before)) {
      const isKnown = this.keptAside(itemId).some(({ generation }) => generation === words.generation)
      if (!isKnown && !this.#holdsCopy(itemId, words.generation)) this.#keep(itemId, words)
    }
  }

  /** The author has what was kept aside, or wants it no more. */
  async letGo(itemId: string): Promise<void> {
    const kept = this.keptAside(itemId)
    if (!kept.length) return
    this.#kept.delete(itemId)
    this.#changed()
    const userId = this.#userId
    await Promise.all(kept.map(({ generation }) => forgetCopy({ itemId, generation, userId })))
  }

  want(request: OpenRequest): void {
    const key = `${request.generation} ${request.write}`
    const open = this.#entries.get(request.itemId)
    const isRefused = open?.live.connection.saveState().status === 'refused'
    if (open && (open.live.key !== key || (isRefused && !open.wanted))) {
      if (!carriesOn(open.request, request)) this.#keepAside(open)
      this.#close(request.itemId, open)
    } else if (open) {
      open.wanted = true
      if (open.leaving !== null) window.clearTimeout(open.leaving)
      open.leaving = null
      return
    }
    this.#open(request, key)
  }

  release(itemId: string): void {
    const entry = this.#entries.get(itemId)
    if (!entry) return
    entry.wanted = false
    this.#closeLater(itemId, entry)
  }

  closeAll(): void {
    for (const [itemId, entry] of [...this.#entries]) this.#close(itemId, entry)
  }

  #open(request: OpenRequest, key: string): void {
    const connection = openItem({ ...request, userId: this.#userId })
    const live = { key, connection, undo: new ItemUndo(connection.doc), write: request.write }
    const stop = connection.subscribe(() => this.#changed())
    const entry: Entry = { request, live, ready: false, wanted: true, stop, leaving: null }
    this.#entries.set(request.itemId, entry)
    this.#dropCarried(request)
    void this.findKept(request.itemId, keepsCopy(request) ? request.generation : request.generation + 1)
    connection.ready.then(
      () => {
        entry.ready = true
        this.#changed()
      },
      // The connection tells by its save state why it never became ready; the printed text stays on the screen.
      () => this.#changed(),
    )
  }

  #closeLater(itemId: string, entry: Entry): void {
    if (entry.leaving !== null) window.clearTimeout(entry.leaving)
    entry.leaving = window.setTimeout(() => {
      if (this.#entries.get(itemId) !== entry || entry.wanted) return
      const state = entry.live.connection.saveState()
      const isDone = state.status === 'saved' || state.status === 'refused'
      if (isDone || (state.status === 'offline' && !state.waiting)) {
        this.#keepAside(entry)
        this.#close(itemId, entry)
      } else this.#closeLater(itemId, entry)
    }, linger)
  }

  #close(itemId: string, entry: Entry): void {
    if (entry.leaving !== null) window.clearTimeout(entry.leaving)
    entry.stop()
    entry.live.undo.end()
    entry.live.connection.close()
    this.#entries.delete(itemId)
    this.#changed()
  }

  #keepAside({ request, live }: Entry): void {
    if (!live.connection.hasUnsaved()) return
    this.#keep(request.itemId, { generation: request.generation, content: read(live.connection.doc) })
  }

  #keep(itemId: string, words: KeptWords): void {
    this.#kept.set(itemId, [...this.keptAside(itemId), words])
    this.#changed()
  }

  // The copy brings these words into the document that opens, and may be deleted no more.
  #dropCarried(request: OpenRequest): void {
    if (!keepsCopy(request)) return
    const rest = this.keptAside(request.itemId).filter(({ generation }) => generation !== request.generation)
    this.#kept.set(request.itemId, rest)
  }

  #holdsCopy(itemId: string, generation: number): boolean {
    const request = this.#entries.get(itemId)?.request
    return request?.generation === generation && keepsCopy(request)
  }

  #changed(): void {
    const next = worstState([...this.#entries.values()].map((entry) => entry.live.connection.saveState()))
    // An item that closes takes its time with it; what was saved stays saved.
    const known = this.#state.status === 'saved' ? this.#state.at : null
    const shown =
      next.status === 'saved' && known && (!next.at || next.at < known) ? { ...next, at: known } : next
    if (JSON.stringify(shown) !== JSON.stringify(this.#state)) this.#state = shown
    for (const listener of this.#listeners) listener()
  }
}

function keepsCopy({ write, keepOffline }: OpenRequest): boolean {
  return write && keepOffline && typeof indexedDB !== 'undefined'
}

/** Does the browser's copy bring the words of one document into the next? */
function carriesOn(before: OpenRequest, after: OpenRequest): boolean {
  return before.generation === after.generation && keepsCopy(before) && keepsCopy(after)
}
