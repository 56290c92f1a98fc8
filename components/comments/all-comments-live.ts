'use client'

import { useMemo, useState } from 'react'
import { coalesce } from '@/components/agenda/coalesce.ts'
import { fetchView } from '@/components/agenda/fetch-view.ts'
import { useFollowed } from '@/components/agenda/use-followed.ts'
import type { AgendaView } from '@/lib/agenda/schema.ts'
import { type AllComments, commentedItems } from '@/lib/comments/overview.ts'
import type { ThreadsView } from '@/lib/comments/schema.ts'

/** All comments as they are now: what the server rendered first, as read at `readAt` (ISO 8601), then fetched anew when told so. */
export function useAllComments(first: AllComments, readAt: string) {
  const meetingId = first.meeting.id
  const [items, setItems] = useState(first.items)
  const [threads, setThreads] = useState(first.threads)

  const load = useMemo(
    () => ({
      agenda: coalesce(async () =>
        setItems(commentedItems(await fetchView<AgendaView>(meetingId, 'agenda'))),
      ),
      threads: coalesce(async () => setThreads((await fetchView<ThreadsView>(meetingId, 'threads')).threads)),
    }),
    [meetingId],
  )
  return { items, threads, ...useFollowed({ meetingId, readAt, load }) }
}
