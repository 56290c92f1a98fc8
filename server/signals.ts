import type { Signal } from '@/lib/signals.ts'
import { closeCodes } from '@/lib/sync/close-codes.ts'
import { meetingTopics, noticesTopic } from '@/lib/sync/messages.ts'
import type { Connection } from './connection.ts'
import { Frame } from './frame.ts'
import type { Neighbours } from './neighbours.ts'
import type { News } from './news.ts'
import { writeChanged } from './protocol.ts'
import type { Reviewer } from './reviewer.ts'
import type { Rooms } from './rooms.ts'

/** Who is told: the open rooms, all sockets, who judges them, the other sync servers, and what remembers it for who comes. */
export type Listeners = {
  rooms: Rooms
  connections: Iterable<Connection>
  reviewer: Reviewer
  neighbours: Neighbours
  news: News
}

/** Carries what the application says to the rooms: what to fetch again, and whose rights to judge anew. */
export function carrySignal(event: Signal, listeners: Listeners): void {
  const { rooms, connections, reviewer, neighbours, news } = listeners
  switch (event.kind) {
    case 'meeting-changed':
      news.hear(event, Date.now())
      rooms.find({ kind: 'meeting', id: event.meetingId })?.changed(event.what)
      break
    case 'item-rights-changed':
      void reviewer.reviewNow([...connections].filter(({ grant: { room } }) => room.id === event.itemId))
      break
    case 'user-rights-changed':
      void reviewer.reviewNow([...connections].filter(({ user }) => user.id === event.userId))
      break
    case 'signed-out':
      // The cookie a socket came with would still be taken; its browser no longer has it to come back with.
      for (const connection of [...connections]) {
        if (connection.user.id === event.userId) connection.close(closeCodes.rightsChanged)
      }
      break
    case 'notices-changed':
      tellOfNotices([...connections].filter(({ user }) => user.id === event.userId))
      break
    case 'document-written':
      if (event.by !== neighbours.self) rooms.catchUp(event.itemId)
      break
    case 'sync-server-here':
      neighbours.hear(event.server)
      break
  }
}

/**
 * Makes good what may not have been heard: everyone's rights are judged anew, all meetings are fetched again, and all
 * rooms read what was written elsewhere.
 */
export function catchUpOnSignals({ rooms, connections, reviewer }: Listeners): void {
  void reviewer.reviewNow([...connections])
  tellOfNotices([...connections])
  rooms.catchUp()
  for (const { grant } of connections) {
    if (grant.room.kind !== 'meeting') continue
    for (const topic of meetingTopics) rooms.find(grant.room)?.changed(topic)
  }
}

/** Tells one who comes into a meeting's room what changed there while their page was on its way. */
export function tellNews(connection: Connection, news: News): void {
  const { claim, grant } = connection
  if (grant.room.kind !== 'meeting' || claim.since === null) return
  const topics = news.of(grant.room.id, { since: claim.since, now: Date.now() })
  for (const topic of topics) connection.send(new Frame(writeChanged(topic)))
}

const newsOfNotices = new Frame(writeChanged(noticesTopic))

// To the person alone: their colleagues in the room would otherwise learn when they are told something.
function tellOfNotices(connections: Connection[]): void {
  for (const connection of connections)
    if (connection.grant.room.kind === 'meeting') connection.send(newsOfNotices)
}
