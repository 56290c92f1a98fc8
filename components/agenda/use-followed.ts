import { useCallback, useEffect, useRef, useState } from 'react'
import { ViewRefused } from './fetch-view.ts'
import type { FollowedTopic, Reach } from './follow-meeting.ts'
import { startLate } from './late.ts'

const retryAfter = 3000

type Followed = {
  meetingId: string
  /** When what the page shows was read, ISO 8601 by the server's clock. */
  readAt: string
  /** Fetches a topic and shows it; rejects with ViewRefused when that is not for this person, and must not change. */
  load: Record<FollowedTopic, () => Promise<unknown>>
  /** Is what stands there older than the page? */
  isBehind?: boolean
}

/**
 * Keeps what a page shows of a meeting up to date: it is fetched when it changed, and again until it came. `reach` is
 * whether it is; `refresh` fetches a topic of which the page itself knows that it changed.
 */
export function useFollowed({ meetingId, readAt, load, isBehind = false }: Followed) {
  const [since] = useState(readAt)
  const [reach, setReach] = useState<Reach>(isBehind ? 'connecting' : 'connected')
  const [stale, setStale] = useState<ReadonlySet<FollowedTopic>>(new Set())
  const wasAway = useRef(isBehind)

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
    if (stale.size === 0 || reach === 'refused') return
    const timer = setInterval(() => {
      for (const topic of stale) refresh(topic)
    }, retryAfter)
    return () => clearInterval(timer)
  }, [stale, reach, refresh])
  useEffect(
    () =>
      startLate({
        // The words stand before anybody listens for others.
        load: () => import('./follow-meeting.ts'),
        start: ({ followMeeting }, again) =>
          followMeeting({ meetingId, since, refresh, setReach, wasAway: again || wasAway.current }),
        onFailed: () => setReach('connecting'),
      }),
    [meetingId, since, refresh],
  )

  const told: Reach = reach === 'connected' && stale.size > 0 ? 'connecting' : reach
  return { reach: told, refresh }
}

function without(topics: ReadonlySet<FollowedTopic>, topic: FollowedTopic): ReadonlySet<FollowedTopic> {
  return topics.has(topic) ? new Set([...topics].filter((one) => one !== topic)) : topics
}
