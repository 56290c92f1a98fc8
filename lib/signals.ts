import { z } from 'zod'
import { type Db, type Listening, listen } from './db.ts'
import { meetingTopics } from './sync/messages.ts'

const id = z.uuid()

const anySignal = z.discriminatedUnion('kind', [
  z.object({ kind: z.literal('meeting-changed'), meetingId: id, what: z.enum(meetingTopics) }),
  z.object({ kind: z.literal('item-rights-changed'), itemId: id }),
  z.object({ kind: z.literal('user-rights-changed'), userId: id }),
  z.object({ kind: z.literal('signed-out'), userId: id }),
  z.object({ kind: z.literal('notices-changed'), userId: id }),
  // By a sync server, or by nobody who has its room: whoever has it reads what it lacks from the log.
  z.object({ kind: z.literal('document-written'), itemId: id, by: id.nullable() }),
  z.object({ kind: z.literal('sync-server-here'), server: id }),
])

/** What changed, told to every process that holds sockets. Carries ids only, never content. */
export type Signal = z.infer<typeof anySignal>

/** The channel of PostgreSQL's NOTIFY that signals go by. */
export const signalChannel = 'dagsorden'

/** Tells what an act changed: exactly when, and only if, the transaction it is called in commits. */
export async function signal(tx: Db, ...events: Signal[]): Promise<void> {
  if (events.length === 0) return
  const payloads = events.map((event) => JSON.stringify(event))
  await tx.$queryRaw`
    SELECT pg_notify(${signalChannel}, payload)::text FROM unnest(${payloads}::text[]) AS payload`
}

/** The signals that words, and so perhaps approvals and places of comments, of a meeting changed. */
export function wordsChanged(meetingId: string): Signal[] {
  return meetingTopics.map((what) => ({ kind: 'meeting-changed', meetingId, what }))
}

/** Whom signals reach: each signal, what came on the channel and is none, and whether anything would be heard now. */
export type SignalEars = {
  heard: (event: Signal) => void
  garbled: () => void
  listening: (isListening: boolean) => void
}

/** Listens to the signals of all processes on the open database, this one's too, until it is closed. */
export function onSignal({ heard, garbled, listening }: SignalEars): Listening {
  return listen(signalChannel, {
    heard: (payload) => {
      const event = readSignal(payload)
      if (event) heard(event)
      else garbled()
    },
    listening,
  })
}

/** Reads what came on the channel; null for what is no signal: anyone with the database's password can send there. */
export function readSignal(payload: string): Signal | null {
  try {
    return anySignal.safeParse(JSON.parse(payload)).data ?? null
  } catch {
    return null
  }
}
