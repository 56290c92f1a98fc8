import type { DocumentKey, LogEntry } from '@/lib/agenda/doc-store.ts'
import { type CloseCode, closeCodes } from '@/lib/sync/close-codes.ts'
import { Journal, type JournalSettings } from './journal.ts'
import { looseBytes, type Opening } from './opening.ts'
import { type Peer, Room, type RoomDocument } from './room.ts'

/** Where the documents are kept. */
export type DocStore = {
  /** Reads a document and of how many rows it is; null where there is no such generation. */
  load(key: DocumentKey): Promise<{ documentId: string; opening: Opening; rows: number } | null>
  /** Writes updates of many documents, all or none. Throws DocumentsClosedError for those that take no more. */
  append(entries: LogEntry[]): Promise<void>
  /** Merges a document's log into its snapshot and answers that; null when there was nothing to merge. */
  compact(documentId: string): Promise<Opening | null>
}

/** One room: a generation of an item's document, or a meeting. */
export type RoomKey = { kind: 'item'; id: string; generation: number } | { kind: 'meeting'; id: string }

type ItemKey = Extract<RoomKey, { kind: 'item' }>

/** A room could not be entered, and the code to close the socket with. */
export class RoomRefusal extends Error {
  readonly code: CloseCode
  constructor(code: CloseCode, options?: ErrorOptions) {
    super(`A room could not be entered (${code})`, options)
    this.name = 'RoomRefusal'
    this.code = code
  }
}

/** A peer's place in a room; `leave` may be called more than once. */
export type Place = { receive(frame: Uint8Array): void; leave(): void }

/** What all rooms share: the store, the journal's pauses, and whom they tell. */
export type RoomsSettings = Omit<JournalSettings, 'append'> & {
  store: DocStore
  presenceEvery: number
  maxDocumentBytes: number
  /** An item's document is half as large as it may be, or larger. */
  large: (itemId: string, bytes: number) => void
  /** How long an empty room is kept, in ms: a reload of the page finds it still there. */
  keepFor: number
  /** After so many log rows, or `looseBytes` of them, the document is compacted. */
  compactAfter: number
  /** An update of this item was committed. */
  committed: (itemId: string) => void
  /** Somebody was shut out of a room. */
  refused: (code: CloseCode) => void
  /** A compaction failed; the log stands as it was. */
  compactionFailed: (error: unknown, documentId: string) => void
  /** How long to wait before what was written elsewhere is read once more, in ms. */
  catchUpEvery: number
  /** What was written elsewhere could not be read; it is tried again. */
  catchUpFailed: (error: unknown, itemId: string) => void
}

type Entry = {
  key: RoomKey
  opening: Promise<Room>
  room: Room | null
  /** Those in the room and those waiting for it to open. */
  visitors: number
  documentId: string | null
  /** What its log holds: rows, and bytes of those that came since it was opened or compacted. */
  rows: number
  bytes: number
  isCompacting: boolean
  /** Was something written elsewhere that the room may lack? */
  isBehind: boolean
  isCatchingUp: boolean
  timer: ReturnType<typeof setTimeout> | null
}

/**
 * One entry per open room, made by the first who wants in; all others share its promise, so a document is loaded
 * once and nobody meets it half loaded. A load that fails removes the entry and refuses everyone who waited: there is
 * never an empty document in place of one that could not be read, and the next to come tries anew.
 *
 * An entry is removed only when nobody is in the room or waiting for it, nothing of it is unsaved, and it has been so
 * for a while. Until then whoever comes meets the living room. So a load never runs beside a save of the same
 * document, and what could not be saved yet keeps its room in memory however long that lasts.
 */
export class Rooms {
  readonly #settings: RoomsSettings
  readonly #entries = new Map<string, Entry>()
  readonly #compactions = new Set<Promise<void>>()
  readonly journal: Journal

  constructor(settings: RoomsSettings) {
    this.#settings = settings
    this.journal = new Journal({ ...settings, append: (entries) => settings.store.append(entries) })
  }

  /** How many rooms are open. */
  get size(): number {
    return this.#entries.size
  }

  /** Takes a peer into a room, opening it first when it is not open. Throws RoomRefusal when it can't be. */
  async join(key: RoomKey, peer: Peer): Promise<Place> {
    const entry = this.#entries.get(nameOf(key)) ?? this.#open(key)
    entry.visitors++
    if (entry.timer) clearTimeout(entry.timer)
    entry.timer = null
    try {
      const room = await entry.opening
      // The room may have ended between its opening and this peer's turn.
      if (this.#entries.get(nameOf(key)) !== entry) throw new RoomRefusal(closeCodes.otherGeneration)
      room.join(peer)
      return this.#place(entry, room, peer)
    } catch (error) {
      this.#depart(entry)
      if (error instanceof RoomRefusal) throw error
      throw new RoomRefusal(closeCodes.tryAgain, { cause: error })
    }
  }

  /** The open room of a meeting or an item's generation, or null. */
  find(key: RoomKey): Room | null {
    return this.#entries.get(nameOf(key))?.room ?? null
  }

  /**
   * Others wrote in the document of an item, or of any that is open here: what its room lacks is read from the log and
   * told to all in it, again and again until it could be read.
   */
  catchUp(itemId?: string): void {
    for (const entry of this.#entries.values()) {
      if (entry.key.kind === 'meeting' || (itemId !== undefined && entry.key.id !== itemId)) continue
      entry.isBehind = true
      if (!entry.isCatchingUp) void this.#catchUp(entry, entry.key)
    }
  }

  /** Resolves when every update taken so far is in the database and no compaction is under way. */
  async flush(): Promise<void> {
    await this.journal.flush()
    await Promise.all(this.#compactions)
  }

  /** Saves everything, then forgets all rooms and their timers. Nobody may be in them any more. */
  async close(): Promise<void> {
    await this.flush()
    for (const entry of this.#entries.values()) if (entry.timer) clearTimeout(entry.timer)
    this.#entries.clear()
  }

  #open(key: RoomKey): Entry {
    const loading = key.kind === 'meeting' ? Promise.resolve(null) : this.#load(key)
    const opening = loading.then(
      (document) => {
        entry.room = this.#build(entry, document)
        entry.rows = document?.rows ?? 0
        entry.documentId = document?.documentId ?? null
        return entry.room
      },
      (error: unknown) => {
        this.#entries.delete(nameOf(key))
        throw error
      },
    )
    // Whoever waits is told by `join`; with nobody waiting there is nobody to tell.
    opening.catch(() => undefined)
    const entry: Entry = {
      key,
      opening,
      room: null,
      documentId: null,
      visitors: 0,
      rows: 0,
      bytes: 0,
      isCompacting: false,
      isBehind: false,
      isCatchingUp: false,
      timer: null,
    }
    this.#entries.set(nameOf(key), entry)
    return entry
  }

  async #load(key: ItemKey): Promise<RoomDocument & { rows: number }> {
    const { id: itemId, generation } = key
    const kept = await this.#settings.store.load({ itemId, generation })
    if (!kept) throw new RoomRefusal(closeCodes.otherGeneration)
    return { itemId, generation, ...kept }
  }

  #build(entry: Entry, document: RoomDocument | null): Room {
    const { presenceEvery, maxDocumentBytes, large, committed, refused } = this.#settings
    return new Room({
      document,
      journal: this.journal,
      presenceEvery,
      maxDocumentBytes,
      large: (bytes) => document && large(document.itemId, bytes),
      refused,
      committed: (bytes) => {
        if (document && bytes > 0) {
          entry.rows++
          entry.bytes += bytes
          committed(document.itemId)
          const isLong = entry.rows >= this.#settings.compactAfter || entry.bytes >= looseBytes
          if (isLong) this.#compact(entry, document.documentId)
        }
        this.#rest(entry)
      },
      ended: () => {
        if (entry.timer) clearTimeout(entry.timer)
        this.#entries.delete(nameOf(entry.key))
      },
    })
  }

  async #catchUp(entry: Entry, key: ItemKey): Promise<void> {
    const { catchUpEvery, longestPause } = this.#settings
    entry.isCatchingUp = true
    while (entry.isBehind && this.#entries.get(nameOf(key)) === entry) {
      let pause = catchUpEvery
      try {
        // One that is opening may have read the log a moment too early.
        const room = await entry.opening
        entry.isBehind = false
        room.learn((await this.#load(key)).opening)
      } catch (error) {
        // A room that could not be opened, or a document that is no longer there, has nothing to learn.
        if (error instanceof RoomRefusal || !entry.room) break
        entry.isBehind = true
        pause = longestPause
        this.#settings.catchUpFailed(error, key.id)
      }
      await new Promise((resolve) => setTimeout(resolve, pause).unref())
    }
    entry.isCatchingUp = false
  }

  #place(entry: Entry, room: Room, peer: Peer): Place {
    let isHere = true
    return {
      receive: (frame) => room.receive(peer, frame),
      leave: () => {
        if (!isHere) return
        isHere = false
        room.leave(peer)
        this.#depart(entry)
      },
    }
  }

  #depart(entry: Entry): void {
    entry.visitors--
    this.#rest(entry)
  }

  #rest(entry: Entry): void {
    const { room } = entry
    if (entry.visitors > 0 || entry.timer || !room || this.journal.holds(room)) return
    if (this.#entries.get(nameOf(entry.key)) !== entry) return
    entry.timer = setTimeout(() => this.#forget(entry), this.#settings.keepFor)
    entry.timer.unref()
  }

  #forget(entry: Entry): void {
    this.#entries.delete(nameOf(entry.key))
    // A document at rest is kept as one row: that opens fastest and takes least.
    if (entry.documentId !== null && entry.rows > 1) this.#compact(entry, entry.documentId)
  }

  #compact(entry: Entry, documentId: string): void {
    if (entry.isCompacting) return
    entry.isCompacting = true
    entry.rows = 0
    entry.bytes = 0
    const work = this.#settings.store
      .compact(documentId)
      .then((compacted) => {
        if (compacted) entry.room?.settle(compacted)
      })
      .catch((error: unknown) => this.#settings.compactionFailed(error, documentId))
      .finally(() => {
        entry.isCompacting = false
        this.#compactions.delete(work)
      })
    this.#compactions.add(work)
  }
}

function nameOf(key: RoomKey): string {
  return key.kind === 'item' ? `item/${key.id}/${key.generation}` : `meeting/${key.id}`
}
