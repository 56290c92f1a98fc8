import { useCallback, useEffect, useMemo, useState } from 'react'
import { coalesce } from '@/components/agenda/coalesce.ts'
import { startLate } from '@/components/agenda/late.ts'
import type { ItemApprovals, ReviewView } from '@/lib/approval/schema.ts'

/** Why what is shown may be old: the server can't be reached, or it may no longer be read. */
export type Trouble = 'offline' | 'refused' | null

/**
 * What waits for the chairmanship: `initial`, as read at `readAt` (ISO 8601), and fetched anew whenever the meeting's
 * room says that something changed.
 */
export function useReview(initial: ReviewView, readAt: string) {
  const meetingId = initial.meeting.id
  const [view, setView] = useState(initial)
  const [since] = useState(readAt)
  const [answered, setTrouble] = useState<Trouble>(null)
  const [isHeard, setHeard] = useState(true)
  // A page that can be fetched but hears of no change is old without knowing it.
  const trouble: Trouble = answered ?? (isHeard ? null : 'offline')

  const load = useMemo(
    () =>
      coalesce(async () => {
        const answer = await fetchReview(meetingId)
        if (typeof answer === 'string') return setTrouble(answer)
        setView(answer)
        setTrouble(null)
      }),
    [meetingId],
  )
  const refresh = useCallback(() => void load(), [load])

  useEffect(() => connect({ meetingId, since, refresh, setHeard }), [meetingId, since, refresh])

  useEffect(() => {
    const lost = () => setTrouble('offline')
    window.addEventListener('offline', lost)
    window.addEventListener('online', refresh)
    return () => {
      window.removeEventListener('offline', lost)
      window.removeEventListener('online', refresh)
    }
  }, [refresh])

  useEffect(() => {
    if (trouble !== 'offline') return
    const timer = setInterval(refresh, 5_000)
    return () => clearInterval(timer)
  }, [trouble, refresh])

  const put = useCallback((approvals: ItemApprovals) => {
    setView((before) => ({
      ...before,
      items: before.items.map((item) =>
        item.approvals.itemId === approvals.itemId ? { ...item, approvals } : item,
      ),
    }))
  }, [])

  return { view, trouble, refresh, put }
}

async function fetchReview(meetingId: string): Promise<ReviewView | Exclude<Trouble, null>> {
  try {
    const response = await fetch(`/api/meetings/${meetingId}/review`, { cache: 'no-store' })
    if (response.ok) return await response.json()
    return [401, 403, 404].includes(response.status) ? 'refused' : 'offline'
  } catch {
    return 'offline'
  }
}

type Told = {
  meetingId: string
  since: string
  refresh: () => void
  setHeard: (isHeard: boolean) => void
}

/** Listens to the meeting's room; the connection comes after the page, which can be read without it. */
function connect({ meetingId, since, refresh, setHeard }: Told): () => void {
  return startLate({
    load: () => import('@/components/agenda/connection.ts'),
    onFailed: () => setHeard(false),
    start: ({ openMeeting }, again) => {
      setHeard(true)
      const meeting = openMeeting({ meetingId, since })
      let wasAway = again
      const onStatus = () => {
        const status = meeting.status()
        // A room that refuses says no more; the fetch tells whether this page may still be read.
        if (status === 'refused' || (status === 'connected' && wasAway)) refresh()
        wasAway = status !== 'connected'
      }
      const stops = [
        meeting.subscribe(onStatus),
        meeting.onChanged((topic) => {
          if (topic !== 'threads') refresh()
        }),
      ]
      return () => {
        for (const one of stops) one()
        meeting.close()
      }
    },
  })
}
