'use client'

import { useCallback, useEffect, useMemo, useState } from 'react'
import { coalesce } from '@/components/agenda/coalesce.ts'
import { fetchView, ViewRefused } from '@/components/agenda/fetch-view.ts'
import { type FollowedTopic, followMeeting, type Reach } from '@/components/agenda/follow-meeting.ts'
import type { AgendaView } from '@/lib/agenda/schema.ts'
import { type AllComments, commentedItems } from '@/lib/comments/overview.ts'
import type { ThreadsView } from '@/lib/comments/schema.ts'

const retryAfter = 3000

/** All comments as they are now: what the server rendered first, then fetched anew when told so. */
export function useAllComments(first: AllComments) {
  const meetingId = first.meeting.id
  const [items, setItems] = useState(first.items)
  const [threads, setThreads] = useState(first.threads)
  const [reach, setReach] = useState<Reach>('connected')
  const [stale, setStale] = useState<ReadonlySet<FollowedTopic>>(new Set())

  const load = useMemo(
    () => ({
      agenda: coalesce(async () =>
        setItems(commentedItems(await fetchView<AgendaView>(meetingId, 'agenda'))),
      ),
      threads: coalesce(async () => setThreads((await fetchView<ThreadsView>(meetingId, 'threads')).threads)),
    }),
    [meetingId],
  )
  const refresh = useCallback(
    (topic: FollowedTopic) => {
      load[topic]().then(
        () => setStale((now) => without(now, topic)),
        (error: unknown) => {
          if (error instanceof ViewRefused) setReach('refused')
          // What is shown stays, and is asked for again.
          else setStale((now) => (now.has(topic) ? now : new Set([...now, topic])))
        },
      )
    },
    [load],
  )

  useEffect(() => {
    if (stale.size === 0) return
    const timer = setInterval(() => {
      for (const topic of stale) refresh(topic)
    }, retryAfter)
    return () => clearInterval(timer)
  }, [stale, refresh])
  useEffect(() => followMeeting({ meetingId, refresh, setReach }), [meetingId, refresh])

  const told: Reach = reach === 'connected' && stale.size > 0 ? 'connecting' : reach
  return { items, threads, refresh, reach: told }
}

function without(topics: ReadonlySet<FollowedTopic>, topic: FollowedTopic): ReadonlySet<FollowedTopic> {
  return topics.has(topic) ? new Set([...topics].filter((one) => one !== topic)) : topics
}
