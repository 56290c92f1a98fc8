'use client'

import { useMemo, useRef, useState } from 'react'
import type { AgendaView } from '@/lib/agenda/schema.ts'
import type { ThreadsView } from '@/lib/comments/schema.ts'
import type { EditionView } from '@/lib/dispatch/schema.ts'
import { coalesce } from './coalesce.ts'
import { fetchView } from './fetch-view.ts'
import { useFollowed } from './use-followed.ts'

/** What is read of what was sent: which edition, and what is new in it. */
export type ReadEdition = Omit<EditionView, 'agenda'>

type First = {
  agenda: AgendaView
  threads: ThreadsView
  edition: ReadEdition | null
  isBehind: boolean
  now: string
}

/** The agenda and its threads as they are now: what the server rendered first, then fetched anew when told so. */
export function useLive(first: First) {
  const meetingId = first.agenda.meeting.id
  const [agenda, setAgenda] = useState(first.agenda)
  const [edition, setEdition] = useState(first.edition)
  const readsEdition = useRef(first.edition !== null)
  const number = first.edition?.number ?? null
  const [threads, setThreads] = useState(first.threads)

  const load = useMemo(() => {
    const takeEdition = async () => {
      const topic = number === null ? 'edition' : (`edition?number=${number}` as const)
      const { agenda: sent, ...rest } = await fetchView<EditionView>(meetingId, topic)
      setAgenda(sent)
      setEdition(rest)
    }
    const takeAgenda = async () => {
      const view = await fetchView<AgendaView>(meetingId, 'agenda')
      const isSent = view.meeting.editionCount > 0 && !view.may.openWorkspace
      if (!isSent) return setAgenda(view)
      // It was sent while this reader had it open: from now on they read what was sent.
      readsEdition.current = true
      await takeEdition()
    }
    return {
      agenda: coalesce(() => (readsEdition.current ? takeEdition() : takeAgenda())),
      threads: coalesce(async () => setThreads(await fetchView<ThreadsView>(meetingId, 'threads'))),
    }
  }, [meetingId, number])

  return {
    agenda,
    threads,
    edition,
    ...useFollowed({ meetingId, readAt: first.now, load, isBehind: first.isBehind }),
  }
}
