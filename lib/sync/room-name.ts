/** A room of the sync server: the words of one item, or the presence and signals of one meeting. */
export type RoomName = { kind: 'item' | 'meeting'; id: string }

const pattern = /^(item|meeting)\/([0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12})$/

/** Reads `item/<uuid>` or `meeting/<uuid>`; anything else is null. */
export function parseRoomName(text: string): RoomName | null {
  const match = pattern.exec(text)
  const [, kind, id] = match ?? []
  if (!id || (kind !== 'item' && kind !== 'meeting')) return null
  return { kind, id }
}

/** Writes a room's name as it stands in the WebSocket's path after `/sync/`. */
export function roomName(room: RoomName): string {
  return `${room.kind}/${room.id}`
}
