import type { MeetingConnection } from './connection.ts'

export type RoomEvents = { onReconnected: () => void; onRefused: () => void }

/** Tells when the meeting's room is back after it was away, and when it is closed to this person; answers how to stop. */
export function watchRoom(
  meeting: Pick<MeetingConnection, 'status' | 'subscribe'>,
  { onReconnected, onRefused }: RoomEvents,
): () => void {
  let wasAway = false
  return meeting.subscribe(() => {
    const status = meeting.status()
    if (status === 'refused') onRefused()
    if (status === 'connected' && wasAway) onReconnected()
    wasAway = status !== 'connected'
  })
}
