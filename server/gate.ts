import type { IncomingMessage } from 'node:http'
import { canBody, canItem, type ItemFacts } from '@/lib/identity/rules.ts'
import { type Actor, membershipIn } from '@/lib/identity/schema.ts'
import { type CloseCode, closeCodes } from '@/lib/sync/close-codes.ts'
import { personColour } from '@/lib/sync/colour.ts'
import type { PresenceUser } from '@/lib/sync/messages.ts'
import { parseRoomName, type RoomName } from '@/lib/sync/room-name.ts'
import type { RoomKey } from './rooms.ts'

/**
 * What a socket asks for. `generation` is null where a plain y-websocket client does not say what it holds; `since`, ms
 * since 1970, is when what its page shows of a meeting was read, and null where it does not say.
 */
export type Claim = {
  room: RoomName | null
  generation: number | null
  since: number | null
  wantsToWrite: boolean
  cookies: string | undefined
}

/** What a socket was given, by the rights as they stood then. */
export type Grant = { room: RoomKey; user: PresenceUser; canWrite: boolean; seesPresence: boolean }

/** What the gate answers: a grant, or the code the socket is closed with. */
export type Verdict = { ok: true; grant: Grant } | { ok: false; code: CloseCode }

/** Where the gate reads what it judges by. */
export type GateSources = {
  actor(cookies: string | undefined): Promise<Actor | null>
  item(itemId: string): Promise<{ bodyId: string; generation: number; facts: ItemFacts } | null>
  meetingBody(meetingId: string): Promise<string | null>
}

/** Reads a claim from an upgrade to `/sync/<room>?generation=<n>&write=1`, or `?since=<ms>` of a meeting's. */
export function readClaim(request: Pick<IncomingMessage, 'url' | 'headers'>): Claim {
  const [path = '', query = ''] = (request.url ?? '').split('?')
  const params = new URLSearchParams(query)
  const generation = params.get('generation')
  const since = params.get('since')
  return {
    room: path.startsWith('/sync/') ? parseRoomName(path.slice('/sync/'.length)) : null,
    // What is not a number matches no generation and is refused as such.
    generation: generation === null ? null : Number(generation),
    // What is not a number is as old as can be.
    since: since === null ? null : Number(since) || 0,
    wantsToWrite: params.get('write') === '1',
    cookies: request.headers.cookie,
  }
}

/**
 * May a page of this origin open a socket here? Exactly the public address, or the very host and port that were
 * asked; a request without an origin is no browser's and is refused like any other.
 */
export function isAllowedOrigin(
  origin: string | undefined,
  { host, publicUrl }: { host: string | undefined; publicUrl: string },
): boolean {
  if (!origin) return false
  if (origin === new URL(publicUrl).origin) return true
  return host !== undefined && (origin === `http://${host}` || origin === `https://${host}`)
}

/** Judges claims by the rights as they stand now. No session, no right and no such room get the same answer. */
export async function judge(claim: Claim, sources: GateSources): Promise<Verdict> {
  const { room } = claim
  const actor = room && (await sources.actor(claim.cookies))
  if (!room || !actor) return refused
  return room.kind === 'item'
    ? judgeItem(room.id, { claim, actor, sources })
    : judgeMeeting(room.id, actor, sources)
}

type ItemCase = { claim: Claim; actor: Actor; sources: GateSources }

async function judgeItem(id: string, { claim, actor, sources }: ItemCase): Promise<Verdict> {
  const item = await sources.item(id)
  const subject = item && membershipIn(actor, item.bodyId)
  if (!item || !subject || !canItem(subject, 'read', item.facts)) return refused
  const { generation } = item
  if (claim.generation !== null && claim.generation !== generation) {
    return { ok: false, code: closeCodes.otherGeneration }
  }
  const canWrite = canItem(subject, 'write', item.facts)
  // Whoever came to write must hear that it may not, or its edits would wait for ever.
  if (claim.wantsToWrite && !canWrite) return { ok: false, code: closeCodes.readOnly }
  const seesPresence = canBody(subject, 'openWorkspace')
  const user = presenceUser(actor, subject.role)
  return { ok: true, grant: { room: { kind: 'item', id, generation }, user, canWrite, seesPresence } }
}

async function judgeMeeting(id: string, actor: Actor, sources: GateSources): Promise<Verdict> {
  const bodyId = await sources.meetingBody(id)
  const subject = bodyId === null ? null : membershipIn(actor, bodyId)
  if (!subject || !canBody(subject, 'readAgenda')) return refused
  const seesPresence = canBody(subject, 'openWorkspace')
  const user = presenceUser(actor, subject.role)
  return { ok: true, grant: { room: { kind: 'meeting', id }, user, canWrite: false, seesPresence } }
}

const refused: Verdict = { ok: false, code: closeCodes.refused }

function presenceUser({ userId, name, initials }: Actor, role: string): PresenceUser {
  return { id: userId, name, initials, role, colour: personColour(userId) }
}

/** The code to close a socket with that holds a grant and is judged anew, or null when nothing changed for it. */
export function reviewGrant(held: Grant, verdict: Verdict): CloseCode | null {
  if (!verdict.ok) return verdict.code
  const { grant } = verdict
  if (held.room.kind === 'item' && grant.room.kind === 'item') {
    if (held.room.generation !== grant.room.generation) return closeCodes.otherGeneration
  }
  const isSame =
    held.canWrite === grant.canWrite &&
    held.seesPresence === grant.seesPresence &&
    held.user.role === grant.user.role
  return isSame ? null : closeCodes.rightsChanged
}

/** The same sources, each asked once per question: for judging many sockets at one moment. */
export function askOnce(sources: GateSources): GateSources {
  return {
    actor: remember((cookies: string | undefined) => sources.actor(cookies)),
    item: remember((itemId: string) => sources.item(itemId)),
    meetingBody: remember((meetingId: string) => sources.meetingBody(meetingId)),
  }
}

function remember<Q, A>(ask: (question: Q) => Promise<A>): (question: Q) => Promise<A> {
  const answers = new Map<Q, Promise<A>>()
  return (question) => {
    const answer = answers.get(question) ?? ask(question)
    answers.set(question, answer)
    return answer
  }
}
