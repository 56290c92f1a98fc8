import type { Signal } from '@/lib/signals.ts'
import type { Connection } from './connection.ts'
import type { Rooms } from './rooms.ts'

/** Carries what the application says to the rooms: what to fetch again, and whose rights to judge anew. */
export function carrySignal(
  event: Signal,
  { rooms, connections, review }: { rooms: Rooms; connections: Iterable<Connection>; review: Review },
): void {
  switch (event.kind) {
    case 'meeting-changed':
      rooms.find({ kind: 'meeting', id: event.meetingId })?.changed(event.what)
      break
    case 'item-rights-changed':
      review([...connections].filter(({ grant: { room } }) => room.id === event.itemId))
      break
    case 'user-rights-changed':
      review([...connections].filter(({ user }) => user.id === event.userId))
      break
  }
}

/** Judges these connections anew and closes those whose rights changed; until then it takes nothing from them. */
export type Review = (connections: Connection[]) => void
