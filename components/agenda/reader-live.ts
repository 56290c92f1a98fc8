'use client'

import { useCallback, useEffect, useMemo, useState } from 'react'
import type { AgendaView } from '@/lib/agenda/schema.ts'
import type { ThreadsView } from '@/lib/comments/schema.ts'
import { coalesce } from './coalesce.ts'

type Views = { agenda: AgendaView; threads: ThreadsView }
export type Reach = 'connected' | 'connecting' | 'refused'

/** The agenda and its threads as they are now: what the server rendered first, then fetched anew when told so. */
export function useLive(first: Views): Views & { reach: Reach; refresh: (topic: keyof Views) => void } {
  const meetingId = first.agenda.meeting.id
  const [agenda, setAgenda] = useState(first.agenda)
  const [threads, setThreads] = useState(first.threads)
  const [reach, setReach] = useState<Reach>('connected')

  const load = useMemo(() => {
    const take = async <T>(topic: keyof Views, show: (value: T) => void) => {
      const response = await fetch(`/api/meetings/${meetingId}/${topic}`, { cache: 'no-store' })
      if ([401, 403, 404].includes(response.status)) setReach('refused')
      if (!response.ok) throw new Error(`${topic} answered ${response.status}`)
      show(await response.json())
    }
    return {
      agenda: coalesce(() => take('agenda', setAgenda)),
      threads: coalesce(() => take('threads', setThreads)),
    }
  }, [meetingId])

  const refresh = useCallback(
    (topic: keyof Views) => {
      // What is shown stays; when the connection is back everything is read again.
      load[topic]().catch(() => setReach((now) => (now === 'refused' ? now : 'connecting')))
    },
    [load],
  )

  useEffect(() => listen(meetingId, { refresh, setReach }), [meetingId, refresh])
  return { agenda, threads, reach, refresh }
}

type Told = { refresh: (topic: keyof Views) => void; setReach: (reach: Reach) => void }

/** Listens to the meeting's room; answers how to stop. */
function listen(meetingId: string, { refresh, setReach }: Told): () => void {
  let stop: (() => void) | null = null
  let left = false
  // The connection brings Yjs along, which reading has no use for: it is fetched when the page already stands.
  import('./connection.ts').then(
    ({ openMeeting }) => {
      if (left) return
      const meeting = openMeeting({ meetingId })
      let wasAway = false
      const stops = [
        meeting.subscribe(() => {
          const reach = meeting.status()
          setReach(reach)
          if (reach === 'connected' && wasAway)
            for (const topic of ['agenda', 'threads'] as const) refresh(topic)
          wasAway = reach !== 'connected'
        }),
        // Words that changed may have moved the places of comments.
        meeting.onChanged((topic) => {
          if (topic === 'agenda') refresh('agenda')
          if (topic !== 'approvals') refresh('threads')
        }),
      ]
      stop = () => {
        for (const end of stops) end()
        meeting.close()
      }
    },
    () => setReach('connecting'),
  )
  return () => {
    left = true
    stop?.()
  }
}
