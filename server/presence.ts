import { z } from 'zod'
import { closeCodes } from '@/lib/sync/close-codes.ts'
import type { PresenceState, PresenceUser } from '@/lib/sync/messages.ts'
import { type PresenceEntry, ProtocolError } from './protocol.ts'

/** Whose word a presence is: one socket of one signed-in person. */
export type Speaker = { readonly user: PresenceUser; readonly canWrite: boolean }

/** The longest presence a client may send, in characters of JSON. */
export const longestPresence = 2048

const ownWords = z.object({
  item: z.uuid().nullish().catch(undefined),
  cursor: z.object({ anchor: z.unknown(), head: z.unknown() }).nullish().catch(undefined),
})

/**
 * Who is in a room. A socket speaks for one Yjs client id, the first it names, and for no other: a y-websocket
 * client sends back what it hears of others, which is dropped without blame. The server says who a person is; the
 * person says only where. A browser that returns before its old socket is found dead takes its client id over.
 */
export class Presence {
  #entries = new Map<number, Said>()
  #claims = new Map<Speaker, number>()

  /**
   * Takes a speaker's entries and answers the one that counts and is to be told to others, or null. Throws
   * ProtocolError when it is longer than `longestPresence`.
   */
  say(speaker: Speaker, entries: PresenceEntry[]): PresenceEntry | null {
    const clientId = this.#claims.get(speaker) ?? this.#claim(speaker, entries)
    const own = entries.find((entry) => entry.clientId === clientId)
    if (!own || this.#entries.get(own.clientId)?.speaker !== speaker) return null
    if (own.state.length > longestPresence) throw new ProtocolError('Presence is too long', closeCodes.tooBig)
    const told = new Said(own, speaker)
    this.#entries.set(own.clientId, told)
    return told
  }

  #claim(speaker: Speaker, entries: PresenceEntry[]): number | undefined {
    const [first] = entries
    if (!first || first.state === 'null') return undefined
    const holder = this.#entries.get(first.clientId)?.speaker
    if (holder && holder.user.id !== speaker.user.id) return undefined
    this.#claims.set(speaker, first.clientId)
    this.#entries.set(first.clientId, new Said({ ...first, state: 'null' }, speaker))
    return first.clientId
  }

  /** Forgets a speaker and answers the entry that tells others of it, or null when nobody knew them. */
  leave(speaker: Speaker): PresenceEntry | null {
    const clientId = this.#claims.get(speaker)
    this.#claims.delete(speaker)
    const entry = clientId === undefined ? undefined : this.#entries.get(clientId)
    if (!entry || entry.speaker !== speaker) return null
    this.#entries.delete(entry.clientId)
    return entry.state === 'null' ? null : { clientId: entry.clientId, clock: entry.clock, state: 'null' }
  }

  /** Everyone who is here. */
  all(): PresenceEntry[] {
    return [...this.#entries.values()].filter((entry) => entry.state !== 'null')
  }
}

/** What a speaker said, stamped when somebody is told: of what one says twenty times a second most is told to nobody. */
class Said implements PresenceEntry {
  readonly clientId: number
  readonly clock: number
  readonly speaker: Speaker
  readonly #said: string
  #state: string | null = null

  constructor({ clientId, clock, state }: PresenceEntry, speaker: Speaker) {
    this.clientId = clientId
    this.clock = clock
    this.speaker = speaker
    this.#said = state
  }

  get state(): string {
    this.#state ??= stamp(this.#said, this.speaker)
    return this.#state
  }
}

function stamp(state: string, { user, canWrite }: Speaker): string {
  if (state === 'null') return state
  const said = ownWords.safeParse(parse(state)).data
  if (!said) return 'null'
  const stamped: PresenceState = { user }
  if (said.item !== undefined) stamped.item = said.item
  if (said.cursor !== undefined && canWrite) stamped.cursor = said.cursor
  return JSON.stringify(stamped)
}

function parse(state: string): unknown {
  try {
    return JSON.parse(state)
  } catch {
    return null
  }
}
