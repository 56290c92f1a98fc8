import { useEffect, useRef, useState } from 'react'
import type { MeetingTopic, PresenceUser } from '@/lib/sync/messages.ts'
import { type MeetingConnection, openMeeting } from './connection.ts'
import { type RoomEvents, watchRoom } from './watch-room.ts'

/** Another person in the meeting, and the item they are at. */
export type Present = PresenceUser & { item: string | null }

type Options = RoomEvents & {
  meetingId: string
  /** When what the page shows was read, ISO 8601 by the server's clock. */
  readAt: string
  userId: string
  item: string | null
  onChanged: (topic: MeetingTopic) => void
}

/** Joins the meeting's room: tells where this person is, and gives who else is there. */
export function useMeeting({ meetingId, readAt, userId, item, ...events }: Options): Present[] {
  const [present, setPresent] = useState<Present[]>([])
  const [since] = useState(readAt)
  const [meeting, setMeeting] = useState<MeetingConnection | null>(null)
  const handlers = useRef(events)
  useEffect(() => {
    handlers.current = events
  })

  useEffect(() => {
    const opened = openMeeting({ meetingId, since })
    setMeeting(opened)
    const look = () => setPresent((before) => keepSame(before, readPresence(opened, userId)))
    opened.awareness.on('change', look)
    const stops = [
      opened.onChanged((topic) => handlers.current.onChanged(topic)),
      watchRoom(opened, {
        onReconnected: () => handlers.current.onReconnected(),
        onRefused: () => handlers.current.onRefused(),
      }),
    ]
    return () => {
      opened.awareness.off('change', look)
      for (const stop of stops) stop()
      opened.close()
      setMeeting(null)
    }
  }, [meetingId, since, userId])

  useEffect(() => {
    meeting?.awareness.setLocalStateField('item', item)
  }, [meeting, item])

  return present
}

function readPresence(meeting: MeetingConnection, userId: string): Present[] {
  const people = new Map<string, Present>()
  for (const [clientId, state] of meeting.awareness.getStates()) {
    const user = readUser(state.user)
    if (!user || clientId === meeting.awareness.clientID || user.id === userId) continue
    people.set(user.id, { ...user, item: typeof state.item === 'string' ? state.item : null })
  }
  const byName = new Intl.Collator('da')
  return [...people.values()].sort((one, other) => byName.compare(one.name, other.name))
}

function readUser(user: unknown): PresenceUser | null {
  if (!user || typeof user !== 'object') return null
  const { id, name, initials, role, colour } = user as Record<string, unknown>
  const texts = [id, name, initials, role, colour]
  if (!texts.every((text) => typeof text === 'string')) return null
  return user as PresenceUser
}

function keepSame(before: Present[], after: Present[]): Present[] {
  return JSON.stringify(before) === JSON.stringify(after) ? before : after
}
