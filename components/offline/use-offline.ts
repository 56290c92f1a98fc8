'use client'

import { createContext, useEffect, useRef } from 'react'
import type { Reach } from '@/components/agenda/follow-meeting.ts'
import type { AgendaView } from '@/lib/agenda/schema.ts'
import type { ThreadsView } from '@/lib/comments/schema.ts'
import { writeFor } from './write.ts'

/** What is known of a copy that is being read: when it was fetched, and whether closed items were left out of it. */
export type KeptNote = { fetchedAt: string; leavesOutClosed: boolean }

/** The copy that is being read, for what stands deeper in the page; null where the server itself is read. */
export const KeptContext = createContext<KeptNote | null>(null)

type Read = { agenda: AgendaView; threads: ThreadsView; isSent: boolean; reach: Reach }

/** Keeps what is being read for reading without a net: anew after each change, and at once without what was lost. */
export function useOffline({ agenda, threads, isSent, reach }: Read): void {
  const meetingId = agenda.meeting.id
  const shown = useRef(agenda)
  const first = useRef({ agenda, threads })
  const keeping = useRef<Promise<() => Promise<void>> | null>(null)

  useEffect(() => {
    // Fetched while there is a net: without one it could not be.
    const loading = import('./keep-reading.ts').then(({ keepReading }) => keepReading(() => shown.current))
    loading.catch(() => undefined)
    keeping.current = loading
    const writing = writeFor(meetingId)
    writing.catch(() => undefined)
    return () => void writing.then((end) => end()).catch(() => undefined)
  }, [meetingId])

  useEffect(() => {
    shown.current = agenda
    // What stood there first was fetched for keeping when the page was opened.
    const isFirst = first.current.agenda === agenda && first.current.threads === threads
    if (reach !== 'refused' && (isFirst || !isSent)) return
    keeping.current?.then((keep) => keep()).catch(() => undefined)
  }, [agenda, threads, isSent, reach])
}
