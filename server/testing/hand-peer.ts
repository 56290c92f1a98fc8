import * as decoding from 'lib0/decoding'
import * as encoding from 'lib0/encoding'
import * as sync from 'y-protocols/sync'
import * as Y from 'yjs'
import type { CloseCode } from '@/lib/sync/close-codes.ts'
import { messageTypes, type PresenceUser } from '@/lib/sync/messages.ts'
import type { Frame } from '../frame.ts'
import { type PresenceEntry, writePresence } from '../protocol.ts'
import type { Peer } from '../room.ts'
import type { Place, RoomKey, Rooms } from '../rooms.ts'

/**
 * A client and its socket in one, whose frames wait in two queues until the test delivers them: `up` to the room,
 * `down` to the client. It answers as a y-websocket client does.
 */
export class HandPeer implements Peer {
  readonly doc = new Y.Doc()
  readonly user: PresenceUser
  readonly canWrite: boolean
  readonly seesPresence: boolean
  readonly up: Uint8Array[] = []
  readonly down: Uint8Array[] = []
  readonly presence: PresenceEntry[] = []
  readonly topics: string[] = []
  closedWith: CloseCode | null = null
  acknowledged = 0
  savesFail = false
  framesSent = 0
  #place: Place | null = null
  #isConnected = false

  constructor({ name = 'a', canWrite = true, seesPresence = true } = {}) {
    this.user = { id: `user-${name}`, name, initials: name, role: 'secretariat', colour: '#000000' }
    this.canWrite = canWrite
    this.seesPresence = seesPresence
    this.doc.on('update', (update: Uint8Array, origin: unknown) => {
      if (origin !== this && this.#isConnected) this.queueUpdate(update)
    })
  }

  /** Enters a room as a new socket does, with nothing on its way, and queues step 1. */
  async enter(rooms: Rooms, key: RoomKey): Promise<this> {
    this.up.length = 0
    this.down.length = 0
    this.framesSent = 0
    this.acknowledged = 0
    this.#place = await rooms.join(key, this)
    this.#isConnected = true
    this.up.push(syncFrame((encoder) => sync.writeSyncStep1(encoder, this.doc)))
    return this
  }

  queueUpdate(update: Uint8Array): void {
    this.framesSent++
    this.up.push(syncFrame((encoder) => sync.writeUpdate(encoder, update)))
  }

  queuePresence(state: unknown, { clientId = this.doc.clientID, clock = 1 } = {}): void {
    this.up.push(writePresence([{ clientId, clock, state: JSON.stringify(state) }]))
  }

  send(frame: Frame): void {
    this.down.push(new Uint8Array(frame.message))
  }

  close(code: CloseCode): void {
    this.closedWith ??= code
    this.leave()
  }

  leave(): void {
    this.#isConnected = false
    this.#place?.leave()
  }

  /** Delivers what waits for the room; `count` frames or all. */
  deliverUp(count = this.up.length): void {
    for (const frame of this.up.splice(0, count)) this.#place?.receive(frame)
  }

  /** Delivers what waits for the client; answers wait to go up. */
  deliverDown(count = this.down.length): void {
    for (const frame of this.down.splice(0, count)) this.#read(frame)
  }

  #read(frame: Uint8Array): void {
    const decoder = decoding.createDecoder(frame)
    const type = decoding.readVarUint(decoder)
    if (type === messageTypes.sync) this.#readSync(decoder)
    else if (type === messageTypes.acknowledge) this.acknowledged = decoding.readVarUint(decoder)
    else if (type === messageTypes.saving) this.savesFail = decoding.readVarUint(decoder) === 1
    else if (type === messageTypes.changed) this.topics.push(decoding.readVarString(decoder))
    else if (type === messageTypes.awareness) this.#readPresence(decoding.readVarUint8Array(decoder))
  }

  #readSync(decoder: decoding.Decoder): void {
    const answer = encoding.createEncoder()
    encoding.writeVarUint(answer, messageTypes.sync)
    // Without this, y-protocols only writes to the console that an update could not be taken in.
    const fail = (error: Error) => {
      throw error
    }
    sync.readSyncMessage(decoder, answer, this.doc, this, fail)
    if (encoding.length(answer) === 1) return
    this.framesSent++
    this.up.push(encoding.toUint8Array(answer))
  }

  #readPresence(bytes: Uint8Array): void {
    const decoder = decoding.createDecoder(bytes)
    const count = decoding.readVarUint(decoder)
    for (let at = 0; at < count; at++) {
      const clientId = decoding.readVarUint(decoder)
      const clock = decoding.readVarUint(decoder)
      this.presence.push({ clientId, clock, state: decoding.readVarString(decoder) })
    }
  }
}

function syncFrame(write: (encoder: encoding.Encoder) => void): Uint8Array {
  return encoding.encode((encoder) => {
    encoding.writeVarUint(encoder, messageTypes.sync)
    write(encoder)
  })
}

/** Delivers everything both ways until nothing waits. */
export function deliverAll(...peers: HandPeer[]): void {
  while (peers.some((peer) => peer.up.length + peer.down.length > 0)) {
    for (const peer of peers) {
      peer.deliverUp()
      peer.deliverDown()
    }
  }
}
