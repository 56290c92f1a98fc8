import { type IncomingMessage, STATUS_CODES } from 'node:http'
import type { Duplex } from 'node:stream'
import { type WebSocket, WebSocketServer } from 'ws'
import {
  append,
  compact,
  itemRoomFacts,
  itemsBehind,
  type LogEntry,
  meetingBody,
  projectAtRest,
  type Read,
  readKept,
  uncompactedDocuments,
} from '@/lib/agenda/doc-store.ts'
import { keepRest, unkeptItems } from '@/lib/agenda/rest-service.ts'
import { systemClock } from '@/lib/clock.ts'
import { db, type Listening, storeKind } from '@/lib/db.ts'
import { env } from '@/lib/env.ts'
import { actorFromCookies } from '@/lib/identity/token.ts'
import { log } from '@/lib/log.ts'
import { onSignal, type Signal, signal, wordsChanged } from '@/lib/signals.ts'
import { closeCodes } from '@/lib/sync/close-codes.ts'
import { addressOf } from './address.ts'
import { Census } from './census.ts'
import { Connection } from './connection.ts'
import {
  type Claim,
  type GateSources,
  type Grant,
  isAllowedOrigin,
  judge,
  readClaim,
  type Verdict,
} from './gate.ts'
import { currentLimits, type Limits } from './limits.ts'
import { Histogram } from './metrics.ts'
import { Neighbours } from './neighbours.ts'
import { News } from './news.ts'
import { Paced } from './paced.ts'
import { Projector } from './projector.ts'
import { Rests } from './rests.ts'
import { Reviewer } from './reviewer.ts'
import { type DocStore, RoomRefusal, Rooms } from './rooms.ts'
import { carrySignal, catchUpOnSignals, tellNews } from './signals.ts'
import { Pool } from './threads/pool.ts'
import { TurnMissed, Turnstile } from './turnstile.ts'
import { warmUp } from './warm-up.ts'

/**
 * How many sockets and rooms are open, and since the start: how many sockets were refused or shut out, by close code or
 * HTTP status, how many frames came and were passed on, how long saves took, in seconds, and how often something came on
 * the signals' channel that is none. `unsaved` is how many frames wait for the database now.
 */
export type SyncFigures = {
  connections: number
  rooms: number
  refusals: Record<number, number>
  received: number
  delivered: number
  unsaved: number
  saves: Histogram
  garbledSignals: number
}

/** The sync server of this process. */
export type Sync = {
  /** Resolves when signals are heard for the first time. */
  ready: Promise<void>
  /**
   * Does what a process does only once, so that those who come first do not wait for it. To be awaited before the port is
   * opened; rejects when the database does not answer.
   */
  warm(): Promise<void>
  /** Takes an HTTP upgrade to `/sync/<room>`. */
  handleUpgrade(request: IncomingMessage, socket: Duplex, head: Buffer): void
  figures(): SyncFigures
  /** Takes nothing more, saves everything, says so, closes all sockets; resolves when all that is done. */
  close(): Promise<void>
}

/** How many who arrive are judged, and how many documents are loaded, at a time. */
const width = 16

/** What the time a save takes is counted by, in seconds. */
const saveBounds = [0.001, 0.002, 0.005, 0.01, 0.02, 0.05, 0.1, 0.2, 0.5, 1, 3, 10]

type Given = { pool: Pool; compactions: Paced; saves: Histogram; committed: (entries: LogEntry[]) => void }

function storeIn({ pool, compactions, saves, committed }: Given): DocStore {
  const loads = new Turnstile(width)
  return {
    load: (key) =>
      loads.through(async () => {
        const log = await readKept(db(), key)
        if (!log) return null
        const { documentId, rows } = log
        return { documentId, rows, opening: await pool.run('open', log) }
      }),
    append: async (entries) => {
      const began = performance.now()
      await append(db(), entries)
      saves.observe((performance.now() - began) / 1000)
      committed(entries)
    },
    compact: (documentId) =>
      compactions.do(async () => {
        const compacted = await compact(db(), documentId, (log) => pool.run('condense', log))
        return compacted?.opening ?? null
      }),
  }
}

const sources: GateSources = {
  actor: (cookies) => actorFromCookies(cookies),
  item: (itemId) => itemRoomFacts(db(), itemId),
  meetingBody: (meetingId) => meetingBody(db(), meetingId),
}

/** Starts the sync server on the process's database and settings; both must be open. */
export function createSync(options: { limits?: Partial<Limits>; publicUrl?: string } = {}): Sync {
  const limits = { ...currentLimits(), ...options.limits }
  return new SyncServer(limits, { publicUrl: env().publicUrl, proxies: env().proxies, ...options })
}

/** Signals after which nobody's rights are other than before. */
const harmless = new Set<Signal['kind']>([
  'meeting-changed',
  'notices-changed',
  'document-written',
  'sync-server-here',
])

type Site = { publicUrl: string; proxies: number }

class SyncServer implements Sync {
  readonly #limits: Limits
  readonly #site: Site
  readonly #wss: WebSocketServer
  readonly #rooms: Rooms
  readonly #projector: Projector
  readonly #pool = new Pool()
  readonly #read: Read = (log, before) => this.#pool.run('read', log, before)
  readonly #rests: Rests
  readonly #saves = new Histogram(saveBounds)
  // Logs that were begun together grow long together, and words go first.
  readonly #compactions: Paced
  readonly #store: DocStore
  readonly #neighbours = new Neighbours((events) => this.#send(events))
  readonly #news = new News()
  readonly #reviewer = new Reviewer(sources, (code) => this.#count(code))
  readonly #connections = new Set<Connection>()
  readonly #refusals = new Map<number, number>()
  readonly #timers: ReturnType<typeof setInterval>[]
  readonly #ear: Listening
  #deafReview: ReturnType<typeof setInterval> | null = null
  #garbled = 0
  /** Those that are not read while the queue to the database is full. */
  #held: Set<Connection> | null = null
  #arriving = 0
  readonly #census = new Census()
  readonly #traffic = { received: 0, delivered: 0 }
  readonly #arrivals = new Turnstile(width)
  #rightsChanges = 0
  #closing: Promise<void> | null = null
  readonly #caughtUp: Promise<void>
  readonly #compactOld: ReturnType<typeof setTimeout>
  #compacted: Promise<void> = Promise.resolve()
  readonly ready: Promise<void>
  #isReady: () => void = () => undefined
  #allGone: (() => void) | null = null

  constructor(limits: Limits, site: Site) {
    this.#limits = limits
    this.#site = site
    this.#compactions = new Paced({ share: limits.compactShare, longestRest: limits.compactRest })
    this.#store = storeIn({
      pool: this.#pool,
      compactions: this.#compactions,
      saves: this.#saves,
      committed: (entries) => {
        this.#neighbours.tell(entries.map(({ itemId }) => itemId))
        for (const { itemId, userId } of entries) this.#rests.wrote(itemId, userId)
      },
    })
    this.ready = new Promise((resolve) => {
      this.#isReady = resolve
    })
    this.#wss = new WebSocketServer({
      noServer: true,
      clientTracking: false,
      perMessageDeflate: false,
      maxPayload: limits.maxFrameBytes,
    })
    this.#projector = new Projector({
      ...limits,
      project: (itemId) =>
        projectAtRest(itemId, {
          read: this.#read,
          within: async (tx, { changed, meetingId }) => {
            if (changed) await signal(tx, ...wordsChanged(meetingId))
          },
        }),
      failed: (err, itemId) => log.error({ err, itemId }, 'an item could not be projected'),
    })
    this.#rests = new Rests({
      keep: (itemId, now) => keepRest(itemId, now, this.#read),
      failed: (err, itemId) => log.error({ err, itemId }, 'words at rest could not be kept'),
      clock: systemClock,
      every: 30_000,
    })
    this.#rooms = new Rooms({
      ...limits,
      store: this.#store,
      committed: (itemId) => this.#projector.touch(itemId),
      refused: (code) => this.#count(code),
      failed: (err, lines) => log.error({ err, lines }, 'updates could not be saved; trying again'),
      full: (isFull) => this.#hold(isFull),
      large: (itemId, bytes) => log.warn({ itemId, bytes }, 'a document is half as large as it may be'),
      catchUpFailed: (err, itemId) => log.error({ err, itemId }, 'what others wrote could not be read'),
      compactionFailed: (err, documentId) => log.error({ err, documentId }, 'a log could not be compacted'),
    })
    this.#ear = onSignal({
      heard: (event) => {
        if (!harmless.has(event.kind)) this.#rightsChanges++
        carrySignal(event, this.#listeners)
      },
      garbled: () => this.#garbled++,
      listening: (isListening) => this.#hears(isListening),
    })
    this.#timers = [
      setInterval(() => this.#beat(), limits.pingEvery),
      setInterval(() => void this.#reviewer.reviewQuietly([...this.#connections]), limits.reviewEvery),
    ]
    for (const timer of this.#timers) timer.unref()
    this.#caughtUp = this.#catchUp()
    this.#compactOld = setTimeout(() => {
      this.#compacted = this.#compactAll().catch((err: unknown) =>
        log.error({ err }, 'the logs to compact could not be read'),
      )
    }, limits.compactOldAfter).unref()
  }

  figures(): SyncFigures {
    return {
      connections: this.#connections.size,
      rooms: this.#rooms.size,
      refusals: Object.fromEntries(this.#refusals),
      ...this.#traffic,
      unsaved: this.#rooms.journal.backlog.lines,
      saves: this.#saves,
      garbledSignals: this.#garbled,
    }
  }

  async warm(): Promise<void> {
    await Promise.all([warmUp({ sources, store: this.#store, pool: this.#pool }), this.#caughtUp])
  }

  handleUpgrade(request: IncomingMessage, socket: Duplex, head: Buffer): void {
    // Until ws takes the socket over, an error on it is nobody's but its own.
    socket.on('error', () => undefined)
    const { origin, host } = request.headers
    const { publicUrl, proxies } = this.#site
    const address = `address ${addressOf(request, proxies)}`
    const isFull = this.#connections.size + this.#arriving >= this.#limits.maxConnections
    if (this.#closing || isFull) this.#turnAway(socket, 503)
    else if (!isAllowedOrigin(origin, { host, publicUrl })) this.#turnAway(socket, 403)
    else if (this.#census.of(address) >= this.#limits.maxPerAddress) this.#turnAway(socket, 429)
    else {
      this.#census.enter([address])
      socket.once('close', () => this.#census.leave([address]))
      void this.#admit(request, socket, head)
    }
  }

  async #admit(request: IncomingMessage, socket: Duplex, head: Buffer): Promise<void> {
    const claim = readClaim(request)
    const rightsChanges = this.#rightsChanges
    const verdict = await this.#judgeArrival(claim)
    if (this.#closing) {
      this.#turnAway(socket, 503)
      return
    }
    // The upgrade is accepted first even to refuse: only a close code tells a client for good not to come back.
    this.#wss.handleUpgrade(request, socket, head, (ws) => {
      if (!verdict.ok) this.#sendAway(ws, verdict.code)
      else if (this.#isCrowded(verdict.grant)) this.#sendAway(ws, closeCodes.tooMany)
      else this.#enter({ ws, socket, claim, grant: verdict.grant, rightsChanges })
    })
  }

  #isCrowded(grant: Grant): boolean {
    const { maxPerPerson, maxPerRoom } = this.#limits
    const [person, room] = namesOf(grant)
    return this.#census.of(person) >= maxPerPerson || this.#census.of(room) >= maxPerRoom
  }

  async #judgeArrival(claim: Claim): Promise<Verdict> {
    this.#arriving++
    try {
      return await this.#arrivals.throughWithin(this.#limits.placeWithin, () => judge(claim, sources))
    } catch (err) {
      // Thousands may come at once, and each would be a line.
      if (!(err instanceof TurnMissed)) log.error({ err }, 'a socket could not be judged')
      return { ok: false, code: closeCodes.tryAgain }
    } finally {
      this.#arriving--
    }
  }

  #enter(
    arrival: Pick<Connection, 'claim' | 'grant'> & { ws: WebSocket; socket: Duplex; rightsChanges: number },
  ) {
    const { rightsChanges, ...given } = arrival
    const connection = new Connection({
      ...given,
      limits: this.#limits,
      traffic: this.#traffic,
      gone: (gone) => this.#forget(gone),
      refused: (code) => this.#count(code),
      failed: (err) => log.error({ err, room: given.grant.room }, 'a frame could not be handled'),
    })
    this.#connections.add(connection)
    this.#census.enter(namesOf(given.grant))
    if (this.#held) this.#holdOne(connection, this.#held)
    // Rights that changed while this socket was on its way in were told to those inside only.
    if (rightsChanges !== this.#rightsChanges) void this.#reviewer.reviewNow([connection])
    this.#rooms.join(given.grant.room, connection).then(
      (place) => {
        connection.enter(place)
        tellNews(connection, this.#news)
      },
      (error: unknown) => {
        const code = error instanceof RoomRefusal ? error.code : closeCodes.internalError
        if (code !== closeCodes.otherGeneration) {
          const err = error instanceof RoomRefusal ? error.cause : error
          log.error({ err }, 'a room could not be opened')
        }
        this.#count(code)
        connection.close(code)
      },
    )
  }

  /** While too much waits for the database nobody is read; what is written meanwhile stays in the browsers. */
  #hold(isFull: boolean): void {
    log.warn(
      { isFull, ...this.#rooms.journal.backlog },
      'the queue to the database is full, or has room again',
    )
    const held = this.#held
    this.#held = isFull ? new Set() : null
    if (this.#held) for (const connection of this.#connections) this.#holdOne(connection, this.#held)
    else for (const connection of held ?? []) connection.resume()
  }

  #holdOne(connection: Connection, held: Set<Connection>): void {
    connection.pause()
    held.add(connection)
  }

  #forget(connection: Connection): void {
    this.#connections.delete(connection)
    this.#census.leave(namesOf(connection.grant))
    this.#held?.delete(connection)
    if (this.#connections.size === 0) this.#allGone?.()
  }

  #turnAway(socket: Duplex, status: 403 | 429 | 503): void {
    this.#count(status)
    socket.end(`HTTP/1.1 ${status} ${STATUS_CODES[status]}\r\nConnection: close\r\nContent-Length: 0\r\n\r\n`)
  }

  #sendAway(ws: WebSocket, code: number): void {
    this.#count(code)
    ws.on('error', () => undefined)
    ws.close(code)
    setTimeout(() => ws.terminate(), this.#limits.closeWithin).unref()
  }

  #count(code: number): void {
    this.#refusals.set(code, (this.#refusals.get(code) ?? 0) + 1)
  }

  get #listeners() {
    return {
      rooms: this.#rooms,
      connections: this.#connections,
      reviewer: this.#reviewer,
      neighbours: this.#neighbours,
      news: this.#news,
    }
  }

  // The embedded store has no other server beside this one. What is not heard is made good when the ear is whole again,
  // so nobody waits for it.
  #send(events: Signal[]): void {
    if (storeKind() !== 'postgresql') return
    signal(db(), ...events).catch((err: unknown) =>
      log.error({ err }, 'other sync servers could not be told'),
    )
  }

  // While nothing is heard, rights are read again often; once it is, all that may have been missed is made good.
  #hears(isListening: boolean): void {
    if (this.#deafReview) clearInterval(this.#deafReview)
    this.#deafReview = null
    this.#news.listens(isListening, Date.now())
    if (isListening) {
      this.#isReady()
      this.#neighbours.sayHere()
      this.#rightsChanges++
      catchUpOnSignals(this.#listeners)
    } else {
      const review = () => void this.#reviewer.reviewQuietly([...this.#connections])
      // It takes a while to find out that nothing is heard.
      review()
      this.#deafReview = setInterval(review, this.#limits.reviewEveryWhenDeaf).unref()
    }
  }

  #beat(): void {
    const now = performance.now()
    for (const connection of this.#connections) connection.beat(now)
  }

  async #catchUp(): Promise<void> {
    try {
      for (const itemId of await itemsBehind(db())) this.#projector.touch(itemId)
      this.#rests.lookAfter(await unkeptItems())
    } catch (err) {
      log.error({ err }, 'what was left to project could not be read')
    }
  }

  // What an earlier process had no time for; none while the process stops.
  async #compactAll(): Promise<void> {
    for (const documentId of await uncompactedDocuments(db())) {
      if (this.#closing) return
      try {
        await this.#store.compact(documentId)
      } catch (err) {
        log.error({ err, documentId }, 'a log could not be compacted')
      }
    }
  }

  close(): Promise<void> {
    this.#closing ??= this.#shutDown()
    return this.#closing
  }

  async #shutDown(): Promise<void> {
    for (const timer of this.#timers) clearInterval(timer)
    clearTimeout(this.#compactOld)
    this.#neighbours.stop()
    for (const connection of this.#connections) connection.pause()
    this.#compactions.hurry()
    await this.#rooms.flush()
    const allGone = new Promise<void>((resolve) => {
      this.#allGone = resolve
      if (this.#connections.size === 0) resolve()
    })
    for (const connection of this.#connections) connection.close(closeCodes.restart)
    await allGone
    await this.#rooms.close()
    await this.#caughtUp
    await this.#projector.flush()
    await this.#rests.stop()
    await this.#compacted
    await this.#pool.close()
    if (this.#deafReview) clearInterval(this.#deafReview)
    await this.#ear.close()
  }
}

/** Whom a socket is counted with: the same person's, and the same room's. */
function namesOf({ user, room }: Grant): [person: string, room: string] {
  return [`person ${user.id}`, `${room.kind} ${room.id}`]
}
