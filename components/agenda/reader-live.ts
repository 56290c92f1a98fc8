'use client'

import { useCallback, useEffect, useMemo, useRef, useState } from 'react'
import type { AgendaView } from '@/lib/agenda/schema.ts'
import type { ThreadsView } from '@/lib/comments/schema.ts'
import type { EditionView } from '@/lib/dispatch/schema.ts'
import { coalesce } from './coalesce.ts'
import { followMeeting, type Reach } from './follow-meeting.ts'

type Views = { agenda: AgendaView; threads: ThreadsView }

/** What is read of what was sent: which edition, and what is new in it. */
export type ReadEdition = Omit<EditionView, 'agenda'>

/** The agenda and its threads as they are now: what the server rendered first, then fetched anew when told so. */
export function useLive(
  first: Views & { edition: ReadEdition | null; isBehind: boolean },
): Views & { edition: ReadEdition | null; reach: Reach; refresh: (topic: keyof Views) => void } {
  const meetingId = first.agenda.meeting.id
  const [agenda, setAgenda] = useState(first.agenda)
  const [edition, setEdition] = useState(first.edition)
  const readsEdition = useRef(first.edition !== null)
  const number = first.edition?.number ?? null
  const [threads, setThreads] = useState(first.threads)
  const [reach, setReach] = useState<Reach>(first.isBehind ? 'connecting' : 'connected')

  const load = useMemo(() => {
    const take = async <T>(topic: keyof Views | 'edition', show: (value: T) => void, query = '') => {
      const response = await fetch(`/api/meetings/${meetingId}/${topic}${query}`, { cache: 'no-store' })
      if ([401, 403, 404].includes(response.status)) setReach('refused')
      if (!response.ok) throw new Error(`${topic} answered ${response.status}`)
      show(await response.json())
    }
    const takeEdition = () =>
      take<EditionView>(
        'edition',
        ({ agenda: sent, ...rest }) => {
          setAgenda(sent)
          setEdition(rest)
        },
        number === null ? '' : `?number=${number}`,
      )
    const takeAgenda = async () => {
      let isSent = false
      await take<AgendaView>('agenda', (view) => {
        isSent = view.meeting.editionCount > 0 && !view.may.openWorkspace
        if (!isSent) setAgenda(view)
      })
      // It was sent while this reader had it open: from now on they read what was sent.
      if (!isSent) return
      readsEdition.current = true
      await takeEdition()
    }
    return {
      agenda: coalesce(() => (readsEdition.current ? takeEdition() : takeAgenda())),
      threads: coalesce(() => take('threads', setThreads)),
    }
  }, [meetingId, number])

  const refresh = useCallback(
    (topic: keyof Views) => {
      // What is shown stays; when the connection is back everything is read again.
      load[topic]().catch(() => setReach((now) => (now === 'refused' ? now : 'connecting')))
    },
    [load],
  )

  // A kept copy is behind from the start.
  const isBehind = useRef(first.isBehind)
  useEffect(
    () => followMeeting({ meetingId, refresh, setReach, wasAway: isBehind.current }),
    [meetingId, refresh],
  )
  return { agenda, threads, edition, reach, refresh }
}
