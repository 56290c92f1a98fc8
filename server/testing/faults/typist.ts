import * as decoding from 'lib0/decoding'
import * as encoding from 'lib0/encoding'
import { WebSocket } from 'ws'
import * as sync from 'y-protocols/sync'
import * as Y from 'yjs'
import { SaveTracker } from '@/components/agenda/save-tracker.ts'
import { isFinal } from '@/lib/sync/close-codes.ts'
import { messageTypes, syncTypes } from '@/lib/sync/messages.ts'
import type { Chance } from '../chance.ts'
import { markOf, placesOf, textsOf } from './words.ts'

/** Where a typist goes, and as whom. */
export type TypistSettings = {
  /** Names it and its words. */
  name: string
  /** The address of the document, asked for at each connection. */
  url: () => string
  headers: Record<string, string>
  below: Chance
  /** How long it waits before it comes back, at least, in ms; up to twice as long. */
  patience?: number
}

type Sent = { word: string; frame: number | null; at: number }

/**
 * A scripted client. It speaks as a y-websocket client does, shows what is saved by the very rules of our pages
 * (`SaveTracker`), keeps its document when the connection breaks, and comes back by itself. It logs each marked word
 * it wrote, and each one that the server said is durable.
 */
export class Typist {
  readonly doc = new Y.Doc()
  readonly name: string
  readonly #settings: TypistSettings
  readonly #tracker: SaveTracker
  /** Words written here, in their order. */
  readonly sent: string[] = []
  /** Those of them that the server has acknowledged, on whichever connection. */
  readonly acknowledged = new Set<string>()
  /** Words that were taken out here. */
  readonly removed = new Set<string>()
  /** What was shown to the person and was not true. */
  readonly lies: string[] = []
  /** How long each word took from the key to the acknowledgement, in ms. */
  readonly delays: number[] = []
  /** Close codes met, in their order. */
  readonly closes: number[] = []
  /** Frames with words that came from the server. */
  heard = 0
  /** When it was told that what it writes is not saved, or null while saves work. */
  failingSince: number | null = null
  #waiting: Sent[] = []
  /** The word that is being written at this moment. */
  #writing: Sent | null = null
  #frames = 0
  /** Which frame of this connection answered the server's step 1. */
  #answered: number | null = null
  #socket: WebSocket | null = null
  #wants = false
  #isSynced = false
  #timer: ReturnType<typeof setTimeout> | null = null
  #watchers: (() => void)[] = []
  /** From losing the connection to having the words again, in ms. */
  readonly gaps: number[] = []
  #lostAt: number | null = null

  constructor(settings: TypistSettings) {
    this.#settings = settings
    this.name = settings.name
    this.#tracker = new SaveTracker(() => this.#look())
    this.doc.on('update', (update: Uint8Array, origin: unknown) => {
      if (origin !== this) this.#broadcast(update)
    })
  }

  /** Does the page say that all is saved? */
  get isSaved(): boolean {
    return this.#tracker.state.status === 'saved'
  }

  get state() {
    return this.#tracker.state
  }

  get isConnected(): boolean {
    return this.#isSynced
  }

  /** The code that it was told for good. */
  get refusal(): number | null {
    const { state } = this.#tracker
    return state.status === 'refused' ? state.code : null
  }

  /** Comes, and comes back whenever the connection breaks, until it leaves. */
  come(): this {
    this.#wants = true
    if (!this.#socket && !this.#timer) this.#dial()
    return this
  }

  /** Goes away, as a laptop that is shut: whatever is under way is lost. */
  leave(): void {
    this.#wants = false
    if (this.#timer) clearTimeout(this.#timer)
    this.#timer = null
    this.#socket?.terminate()
    this.#end()
  }

  /** Closes the page in order. */
  close(): void {
    this.#wants = false
    if (this.#timer) clearTimeout(this.#timer)
    this.#timer = null
    this.#socket?.close()
    this.#end()
  }

  /** Resolves when the test is true of it. */
  async until(isTrue: (typist: this) => boolean, patience = 20_000, what = isTrue.toString()): Promise<void> {
    const deadline = performance.now() + patience
    while (!isTrue(this)) {
      const left = deadline - performance.now()
      const { name, closes, state } = this
      if (left <= 0)
        throw new Error(`${name} waited for ${what}: ${JSON.stringify({ state, closes: closes.slice(-5) })}`)
      await new Promise<void>((resolve) => {
        const timer = setTimeout(resolve, Math.min(left, 1000))
        this.#watchers.push(() => {
          clearTimeout(timer)
          resolve()
        })
      })
    }
  }

  /** Writes one marked word between two others, or at an end, and answers it. */
  write(): string {
    const word = markOf(this.name, this.sent.length)
    const texts = textsOf(this.doc)
    const text = texts[this.#settings.below(texts.length)] ?? texts[0]
    if (!text) throw new Error('The document has no text to write in')
    const places = placesOf(text)
    const place = places[this.#settings.below(places.length + 1)]
    this.sent.push(word)
    this.#writing = { word, frame: null, at: performance.now() }
    this.#waiting.push(this.#writing)
    this.#tracker.wrote()
    text.insert(place?.at ?? text.length, word)
    this.#writing = null
    return word
  }

  /** Takes one marked word out that stands there, and answers it. */
  remove(): string | null {
    const { below } = this.#settings
    const texts = textsOf(this.doc)
    const text = texts[below(texts.length)]
    const places = text ? placesOf(text) : []
    const place = places[below(places.length || 1)]
    if (!text || !place) return null
    this.removed.add(place.word)
    this.#tracker.wrote()
    text.delete(place.at, place.word.length)
    return place.word
  }

  /** Any other change of the document by this person. */
  change(act: (doc: Y.Doc) => void): void {
    this.#tracker.wrote()
    act(this.doc)
  }

  #dial(): void {
    this.#timer = null
    const socket = new WebSocket(this.#settings.url(), { headers: this.#settings.headers })
    this.#socket = socket
    this.#frames = 0
    this.#answered = null
    // What was under way before comes again with the answer to the server's step 1.
    for (const sent of this.#waiting) sent.frame = null
    this.#tracker.socketOpened()
    socket.on('open', () => {
      this.#tracker.lineIs('connected')
      socket.send(syncFrame((encoder) => sync.writeSyncStep1(encoder, this.doc)))
    })
    socket.on('message', (data: Buffer) => {
      if (socket === this.#socket) this.#read(data)
    })
    socket.on('error', () => undefined)
    socket.on('close', (code) => {
      if (socket !== this.#socket) return
      this.closes.push(code)
      if (isFinal(code)) {
        this.#wants = false
        this.#tracker.refused(code)
      }
      this.#end()
    })
  }

  #end(): void {
    if (!this.#socket) return
    this.#socket = null
    if (this.#isSynced) this.#lostAt = performance.now()
    this.#isSynced = false
    this.failingSince = null
    this.#tracker.lineIs('away')
    const { patience = 20, below } = this.#settings
    if (this.#wants) this.#timer = setTimeout(() => this.#dial(), patience + below(patience + 1))
    this.#look()
  }

  #broadcast(update: Uint8Array): void {
    if (this.#socket?.readyState !== WebSocket.OPEN) return
    this.#frames++
    this.#tracker.frameSent()
    if (this.#writing) this.#writing.frame = this.#frames
    this.#socket.send(syncFrame((encoder) => sync.writeUpdate(encoder, update)))
  }

  #read(bytes: Uint8Array): void {
    const decoder = decoding.createDecoder(bytes)
    const type = decoding.readVarUint(decoder)
    if (type === messageTypes.sync) this.#readSync(decoder, bytes)
    else if (type === messageTypes.acknowledge) this.#acknowledge(decoding.readVarUint(decoder))
    else if (type === messageTypes.saving) {
      const isFailing = decoding.readVarUint(decoder) === 1
      this.failingSince = isFailing ? (this.failingSince ?? performance.now()) : null
      this.#tracker.failing(isFailing)
    }
    this.#look()
  }

  #readSync(decoder: decoding.Decoder, bytes: Uint8Array): void {
    const answer = encoding.createEncoder()
    encoding.writeVarUint(answer, messageTypes.sync)
    // Without this, y-protocols only writes to the console that an update could not be taken in.
    const fail = (error: Error) => {
      throw error
    }
    const type = sync.readSyncMessage(decoder, answer, this.doc, this, fail)
    if (type === syncTypes.step2) this.#synced()
    else if (type === syncTypes.update) this.heard++
    if (encoding.length(answer) === 1 || bytes[1] !== syncTypes.step1) return
    this.#frames++
    this.#tracker.frameSent()
    this.#answered = this.#frames
    for (const sent of this.#waiting) sent.frame ??= this.#frames
    this.#socket?.send(encoding.toUint8Array(answer))
  }

  #synced(): void {
    this.#isSynced = true
    if (this.#lostAt !== null) this.gaps.push(performance.now() - this.#lostAt)
    this.#lostAt = null
  }

  // A word may lean on others that only the answer to step 1 brings: before that is durable, it is not.
  #acknowledge(count: number): void {
    const now = performance.now()
    const isWhole = this.#answered !== null && count >= this.#answered
    const isDurable = ({ frame }: Sent) => isWhole && frame !== null && frame <= count
    for (const { word, at } of this.#waiting.filter(isDurable)) {
      this.acknowledged.add(word)
      this.delays.push(now - at)
    }
    this.#waiting = this.#waiting.filter((sent) => !isDurable(sent))
    this.#tracker.acknowledged(count, new Date())
    if (this.#tracker.state.status !== 'saved') return
    for (const { word } of this.#waiting) this.lies.push(word)
  }

  #look(): void {
    for (const watch of this.#watchers.splice(0)) watch()
  }
}

function syncFrame(write: (encoder: encoding.Encoder) => void): Uint8Array {
  return encoding.encode((encoder) => {
    encoding.writeVarUint(encoder, messageTypes.sync)
    write(encoder)
  })
}
