import type { LogEntry } from '@/lib/agenda/doc-store.ts'
import { type CloseCode, closeCodes } from '@/lib/sync/close-codes.ts'
import type { MeetingTopic } from '@/lib/sync/messages.ts'
import { Frame } from './frame.ts'
import { Gathering } from './gathering.ts'
import type { Journal, Line, Writer } from './journal.ts'
import type { Opening } from './opening.ts'
import { Presence, type Speaker } from './presence.ts'
import {
  type ClientMessage,
  keepAlive,
  type PresenceEntry,
  ProtocolError,
  readMessage,
  writeAcknowledgement,
  writeChanged,
  writePresence,
  writeSaving,
  writeStep1,
  writeStep2,
  writeUpdate,
} from './protocol.ts'
import { Words } from './words.ts'

/** One socket as a room sees it. `send` and `close` never throw; after `close` nothing it sends counts. */
export type Peer = Speaker & {
  /** May it know who else is in the room? */
  readonly seesPresence: boolean
  send(frame: Frame): void
  close(code: CloseCode): void
}

/** The document of an item's room, as loaded. */
export type RoomDocument = Omit<LogEntry, 'data' | 'userId'> & { opening: Opening }

/** What a room is made with: its document, where it writes, and whom it tells. */
export type RoomSettings = {
  /** Null in a meeting's room: it has presence and signals only. */
  document: RoomDocument | null
  journal: Journal
  /** The least time between two tellings of presence, in ms. */
  presenceEvery: number
  /** A document that would grow larger takes only deletions; of one half as large is told once. */
  maxDocumentBytes: number
  large: (bytes: number) => void
  /** One more frame is durable, and so many bytes of it were new to the document. */
  committed: (bytes: number) => void
  /** What was taken can't be kept; the room has emptied itself and must be forgotten. */
  ended: () => void
  /** A peer was shut out, and why. */
  refused: (code: CloseCode) => void
}

type UpdateMessage = Extract<ClientMessage, { update: Uint8Array }>

type Written = { seat: Seat; frames: number; entry: LogEntry | null }

/** One frame of a seat on its way to the database. */
class SeatLine implements Line {
  readonly writer: Room
  readonly #written: Written

  constructor(writer: Room, written: Written) {
    this.writer = writer
    this.#written = written
  }

  get entry(): LogEntry | null {
    return this.#written.entry
  }

  committed(): void {
    this.writer.commit(this.#written)
  }
}

type Seat = {
  peer: Peer
  /** How many of its frames are in the database or on their way. */
  frames: number
  committed: number
  isPresent: boolean
  /** What must wait for its answer to our step 1; null once that came. */
  early: UpdateMessage[] | null
}

/** So many frames of one who returns may wait for its answer. */
const mostEarly = 500

/**
 * A room holds those who have one item, or one meeting, open. It knows neither sockets nor the database.
 *
 * An update is checked, relayed as the very bytes that came, and written in the journal, in that order and in one
 * turn; so all peers hear of it at once, and its sender is told it is saved only when the journal has committed it.
 * The acknowledgement is a count of that peer's step 2 and update frames: a deletion moves no state vector, so
 * only counting can tell. A frame that adds nothing is counted too, and waits in the journal behind those before it.
 *
 * A peer is judged before it comes here. Who may not write is not asked what it has (no step 1), so an honest reader
 * never sends an update, and one that does is shut out. A frame that can't be read costs its sender the seat and
 * changes nothing for the others.
 */
export class Room implements Writer {
  readonly #settings: RoomSettings
  readonly #words: Words | null
  readonly #presence = new Presence()
  readonly #news: Gathering
  #seats = new Map<Peer, Seat>()
  #topics = new Set<MeetingTopic>()
  #committed = new Set<Seat>()
  #isFailing = false
  #isLarge = false

  constructor(settings: RoomSettings) {
    this.#settings = settings
    this.#words = settings.document && new Words(settings.document.opening)
    // Its sender hears its own presence back: the clock is its own, so it changes nothing there.
    this.#news = new Gathering(settings.presenceEvery, (entries) =>
      this.#broadcast(writePresence(entries), { seesPresence: true }),
    )
  }

  /** How many peers are here. */
  get size(): number {
    return this.#seats.size
  }

  /** Seats a peer and, if it may write, asks what it has. */
  join(peer: Peer): void {
    this.#seats.set(peer, { peer, frames: 0, committed: 0, isPresent: false, early: [] })
    if (this.#words && peer.canWrite) peer.send(new Frame(writeStep1(this.#words.stateVector())))
    if (this.#isFailing) peer.send(new Frame(writeSaving(true)))
  }

  /** Unseats a peer; a peer that is not here is no fault. */
  leave(peer: Peer): void {
    this.#seats.delete(peer)
    const gone = this.#presence.leave(peer)
    if (gone) this.#news.add(gone)
    if (this.#seats.size === 0) this.#news.stop()
  }

  /** Takes one frame of a peer that is here. */
  receive(peer: Peer, frame: Uint8Array): void {
    const seat = this.#seats.get(peer)
    if (!seat) return
    try {
      this.#handle(seat, readMessage(frame), frame)
    } catch (error) {
      if (!(error instanceof ProtocolError)) throw error
      this.#shutOut(peer, error.code)
    }
  }

  #handle(seat: Seat, message: ClientMessage, frame: Uint8Array): void {
    switch (message.kind) {
      case 'step1':
        for (const part of this.#answer(message.stateVector)) seat.peer.send(new Frame(part))
        break
      case 'step2':
      case 'update':
        this.#take(seat, message, frame)
        break
      case 'presence':
        this.#hear(seat, message.entries)
        break
      case 'queryPresence':
        this.#introduce(seat)
        break
    }
  }

  // With step 2 a client has all there is, so what comes in more parts ends with that.
  #answer(stateVector: Uint8Array): Uint8Array[] {
    const parts = this.#words?.missingFrom(stateVector) ?? [nothing]
    return parts.map((part, at) => (at === parts.length - 1 ? writeStep2(part) : writeUpdate(part)))
  }

  #take(seat: Seat, message: UpdateMessage, frame: Uint8Array): void {
    const { peer } = seat
    if (!this.#words || !peer.canWrite) throw new ProtocolError('A reader wrote', closeCodes.readOnly)
    if (message.kind === 'step2') this.#takeAnswer(seat, message)
    else if (this.#mustWait(seat, message)) this.#hold(seat, message)
    else this.#write(seat, this.#learnOf(seat, message, frame), 1)
  }

  // What is written before a returning client has answered our step 1 leans on what that answer brings; and what
  // comes behind it waits too, or the count that says it is saved would say so of what waits.
  #mustWait({ early }: Seat, { parts }: UpdateMessage): boolean {
    return early !== null && (early.length > 0 || this.#words?.lacks(parts) === true)
  }

  #hold({ early }: Seat, message: UpdateMessage): void {
    if (!early || early.length >= mostEarly) {
      throw new ProtocolError('Too much came before the answer to step 1', closeCodes.tryAgain)
    }
    early.push({ ...message, update: new Uint8Array(message.update) })
  }

  #takeAnswer(seat: Seat, message: UpdateMessage): void {
    const early = seat.early ?? []
    seat.early = null
    const data = this.#learnOf(seat, message)
    this.#write(seat, data, early.length === 0 ? 1 : 0)
    for (const [at, held] of early.entries()) {
      const isLast = at === early.length - 1
      this.#write(seat, this.#learnOf(seat, held), isLast ? early.length + 1 : 0)
    }
  }

  /** Takes an update in, tells the others, and answers what it brought; null when that is nothing. */
  #learnOf({ peer }: Seat, { kind, update, parts }: UpdateMessage, frame?: Uint8Array): Uint8Array | null {
    const isEmpty = parts.structs.length === 0 && parts.ds.clients.size === 0
    if (!this.#words || isEmpty || (kind === 'step2' && this.#words.hasAll(parts))) return null
    const taken = this.#words.take(update, parts, this.#settings.maxDocumentBytes)
    if (!taken) return null
    const { data, isWhole } = taken
    this.#weigh(this.#words.size)
    this.#broadcast(frame && isWhole ? frame : writeUpdate(data), { but: peer })
    return data
  }

  #weigh(bytes: number): void {
    if (this.#isLarge || bytes <= this.#settings.maxDocumentBytes / 2) return
    this.#isLarge = true
    this.#settings.large(bytes)
  }

  /** Puts what a seat brought on its way to the database; once it is there, so many more of its frames are. */
  #write(seat: Seat, data: Uint8Array | null, frames: number): void {
    const { document, journal } = this.#settings
    if (!document) return
    seat.frames += frames
    const { itemId, generation, documentId } = document
    const entry = data && { itemId, generation, documentId, data, userId: seat.peer.user.id }
    journal.write(new SeatLine(this, { seat, frames: seat.frames, entry }))
  }

  /** Takes in what was written in the document elsewhere, by all that is stored of it, and tells all of what was new. */
  learn(stored: Opening): void {
    for (const missing of this.#words?.learn(stored) ?? []) this.#broadcast(writeUpdate(missing))
  }

  /** Goes on from the document as it was compacted in the store. */
  settle(compacted: Opening): void {
    this.#words?.settle(compacted)
  }

  /** A frame of this seat is durable, and all before it. */
  commit({ seat, frames, entry }: Written): void {
    this.#acknowledge(seat, frames)
    this.#settings.committed(entry?.data.length ?? 0)
  }

  // A batch commits many frames of one peer in one turn; the last count says it all.
  #acknowledge(seat: Seat, frames: number): void {
    seat.committed = frames
    if (this.#committed.size === 0) queueMicrotask(() => this.#tellCommitted())
    this.#committed.add(seat)
  }

  #tellCommitted(): void {
    const seats = [...this.#committed]
    this.#committed.clear()
    for (const { peer, committed } of seats) {
      if (this.#seats.has(peer)) peer.send(new Frame(writeAcknowledgement(committed)))
    }
  }

  /** Saves began to fail, or work again: everyone is told, and nobody's edits are dropped. */
  savesFail(isFailing: boolean): void {
    this.#isFailing = isFailing
    this.#broadcast(writeSaving(isFailing))
  }

  /** A word the database will not have must not hold up those of other rooms: all must open anew. */
  lineRefused(): void {
    this.#settings.refused(closeCodes.internalError)
    this.close(closeCodes.internalError)
    this.#settings.ended()
  }

  /** The document was replaced or frozen: what was relayed and not committed can't be kept, so all must open anew. */
  documentClosed(): void {
    this.close(closeCodes.otherGeneration)
    this.#settings.ended()
  }

  /** Tells all peers of a meeting what to fetch again, each topic once a turn. */
  changed(topic: MeetingTopic): void {
    if (this.#topics.size === 0) setImmediate(() => this.#tellTopics())
    this.#topics.add(topic)
  }

  #tellTopics(): void {
    const topics = [...this.#topics]
    this.#topics.clear()
    for (const topic of topics) this.#broadcast(writeChanged(topic))
  }

  /** Shuts everyone out. */
  close(code: CloseCode): void {
    const peers = [...this.#seats.keys()]
    this.#seats.clear()
    this.#news.stop()
    for (const peer of peers) peer.close(code)
  }

  #hear(seat: Seat, entries: PresenceEntry[]): void {
    const told = this.#presence.say(seat.peer, entries)
    if (told) this.#news.add(told)
    if (!seat.isPresent && told) this.#introduce(seat)
  }

  #introduce(seat: Seat): void {
    seat.isPresent = true
    const present = seat.peer.seesPresence ? this.#presence.all() : []
    seat.peer.send(new Frame(present.length > 0 ? writePresence(present) : keepAlive))
  }

  #broadcast(message: Uint8Array, to: { seesPresence?: true; but?: Peer } = {}): void {
    const frame = new Frame(message)
    for (const peer of this.#seats.keys()) {
      if (peer !== to.but && (peer.seesPresence || !to.seesPresence)) peer.send(frame)
    }
  }

  #shutOut(peer: Peer, code: CloseCode): void {
    this.leave(peer)
    this.#settings.refused(code)
    peer.close(code)
  }
}

const nothing = new Uint8Array([0, 0])
