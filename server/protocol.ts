import * as decoding from 'lib0/decoding'
import * as encoding from 'lib0/encoding'
import * as Y from 'yjs'
import { type CloseCode, closeCodes } from '@/lib/sync/close-codes.ts'
import { type MeetingTopic, messageTypes, type noticesTopic, syncTypes } from '@/lib/sync/messages.ts'

/** What one Yjs client id says of itself; `state` is JSON, `null` when it has left. */
export type PresenceEntry = { clientId: number; clock: number; state: string }

/** What an update holds: what was added, and what was deleted. */
export type UpdateParts = ReturnType<typeof Y.decodeUpdate>

/** How many runs one update may add; a week's writing without a net has far fewer. */
const mostParts = 50_000

/** A frame from a client, read. */
export type ClientMessage =
  | { kind: 'step1'; stateVector: Uint8Array }
  | { kind: 'step2' | 'update'; update: Uint8Array; parts: UpdateParts }
  | { kind: 'presence'; entries: PresenceEntry[] }
  | { kind: 'queryPresence' }

/** A frame that is not of the protocol, with the code its sender's socket is closed with. */
export class ProtocolError extends Error {
  readonly code: CloseCode
  constructor(message: string, code: CloseCode = closeCodes.protocolError) {
    super(message)
    this.name = 'ProtocolError'
    this.code = code
  }
}

/** Reads one frame of a client. Throws ProtocolError unless all of it is one whole, well-formed message. */
export function readMessage(frame: Uint8Array): ClientMessage {
  const decoder = decoding.createDecoder(frame)
  const message = read(() => readBody(decoder), 'A frame is cut short')
  if (decoding.hasContent(decoder)) throw new ProtocolError('A frame goes on after its message')
  if (message.kind === 'step1') {
    read(() => Y.decodeStateVector(message.stateVector), 'A state vector can not be read')
  }
  return message
}

function read<T>(reader: () => T, complaint: string): T {
  try {
    return reader()
  } catch (error) {
    if (error instanceof ProtocolError) throw error
    throw new ProtocolError(complaint)
  }
}

function readBody(decoder: decoding.Decoder): ClientMessage {
  switch (decoding.readVarUint(decoder)) {
    case messageTypes.sync:
      return readSync(decoder)
    case messageTypes.awareness:
      return { kind: 'presence', entries: readPresence(decoding.readVarUint8Array(decoder)) }
    case messageTypes.queryAwareness:
      return { kind: 'queryPresence' }
    default:
      throw new ProtocolError('A frame is of an unknown type')
  }
}

function readSync(decoder: decoding.Decoder): ClientMessage {
  const type = decoding.readVarUint(decoder)
  const bytes = decoding.readVarUint8Array(decoder)
  if (type === syncTypes.step1) return { kind: 'step1', stateVector: bytes }
  if (type === syncTypes.step2) return { kind: 'step2', update: bytes, parts: partsOf(bytes) }
  if (type === syncTypes.update) return { kind: 'update', update: bytes, parts: partsOf(bytes) }
  throw new ProtocolError('A sync frame is of an unknown type')
}

function readPresence(bytes: Uint8Array): PresenceEntry[] {
  const decoder = decoding.createDecoder(bytes)
  const count = decoding.readVarUint(decoder)
  const entries: PresenceEntry[] = []
  for (let at = 0; at < count; at++) {
    const clientId = decoding.readVarUint(decoder)
    const clock = decoding.readVarUint(decoder)
    entries.push({ clientId, clock, state: decoding.readVarString(decoder) })
  }
  if (decoding.hasContent(decoder)) throw new ProtocolError('Presence goes on after its last entry')
  return entries
}

/** Reads all of an update, and refuses one that no document could take in: it would stop everyone who opens it. */
function partsOf(update: Uint8Array): UpdateParts {
  const parts = decodeUpdate(update)
  const { structs, ds } = parts
  if (structs.length > mostParts) {
    throw new ProtocolError('An update is in too many parts', closeCodes.invalidPayload)
  }
  if (!areInOrder(update, structs)) {
    throw new ProtocolError('An update is not in the order of its clients', closeCodes.invalidPayload)
  }
  const isSound = structs.every(({ id, length }) => isRun(id.clock, length)) && areRuns(ds.clients.values())
  if (!isSound || structs.some(leansOnItself)) {
    throw new ProtocolError('An update can not be taken in', closeCodes.invalidPayload)
  }
  return parts
}

// Yjs names each client once, the highest first, and counts on that of others too: of a client that is named twice a
// document takes in the last part only, and merging updates in another order makes such ones.
function areInOrder(update: Uint8Array, structs: UpdateParts['structs']): boolean {
  let sections = 0
  let last = Number.POSITIVE_INFINITY
  for (const { id } of structs) {
    if (id.client > last) return false
    if (id.client < last) sections++
    last = id.client
  }
  return sections === decoding.readVarUint(decoding.createDecoder(update))
}

function isRun(clock: number, length: number): boolean {
  return length > 0 && Number.isSafeInteger(clock + length)
}

function areRuns(deletions: Iterable<{ clock: number; len: number }[]>): boolean {
  for (const ranges of deletions) if (!ranges.every(({ clock, len }) => isRun(clock, len))) return false
  return true
}

// Yjs waits for edits of others that it has not seen, but takes the same client's for granted.
function leansOnItself(struct: Y.Item | Y.GC | Y.Skip): boolean {
  if (!(struct instanceof Y.Item)) return false
  const { id, origin, rightOrigin, parent } = struct
  return [origin, rightOrigin, parent].some(
    (to) => to instanceof Y.ID && to.client === id.client && to.clock >= id.clock,
  )
}

function decodeUpdate(update: Uint8Array): UpdateParts {
  try {
    return Y.decodeUpdate(update)
  } catch {
    throw new ProtocolError('An update can not be read', closeCodes.invalidPayload)
  }
}

/** Asks the client for what a state vector lacks. */
export function writeStep1(stateVector: Uint8Array): Uint8Array {
  return writeSync(syncTypes.step1, stateVector)
}

/** Answers a client's step 1 with what it lacks. */
export function writeStep2(update: Uint8Array): Uint8Array {
  return writeSync(syncTypes.step2, update)
}

/** Tells others of an update. */
export function writeUpdate(update: Uint8Array): Uint8Array {
  return writeSync(syncTypes.update, update)
}

function writeSync(type: number, bytes: Uint8Array): Uint8Array {
  return encoding.encode((encoder) => {
    encoding.writeVarUint(encoder, messageTypes.sync)
    encoding.writeVarUint(encoder, type)
    encoding.writeVarUint8Array(encoder, bytes)
  })
}

/** Tells who is in the room; an entry whose state is `null` has left it. */
export function writePresence(entries: PresenceEntry[]): Uint8Array {
  const body = encoding.encode((encoder) => {
    encoding.writeVarUint(encoder, entries.length)
    for (const { clientId, clock, state } of entries) {
      encoding.writeVarUint(encoder, clientId)
      encoding.writeVarUint(encoder, clock)
      encoding.writeVarString(encoder, state)
    }
  })
  return encoding.encode((encoder) => {
    encoding.writeVarUint(encoder, messageTypes.awareness)
    encoding.writeVarUint8Array(encoder, body)
  })
}

/** Tells a connection how many of its step 2 and update frames are committed. */
export function writeAcknowledgement(count: number): Uint8Array {
  return writeNumber(messageTypes.acknowledge, count)
}

/** Tells whether saves are failing at the moment. */
export function writeSaving(isFailing: boolean): Uint8Array {
  return writeNumber(messageTypes.saving, isFailing ? 1 : 0)
}

function writeNumber(type: number, value: number): Uint8Array {
  return encoding.encode((encoder) => {
    encoding.writeVarUint(encoder, type)
    encoding.writeVarUint(encoder, value)
  })
}

/** Tells the readers of a meeting what to fetch again. */
export function writeChanged(topic: MeetingTopic | typeof noticesTopic): Uint8Array {
  return encoding.encode((encoder) => {
    encoding.writeVarUint(encoder, messageTypes.changed)
    encoding.writeVarString(encoder, topic)
  })
}

/** Presence of nobody: a y-websocket client hangs up on a server it has not heard for 30 s, and pings don't count. */
export const keepAlive = writePresence([])
