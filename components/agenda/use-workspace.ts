import { useCallback, useEffect, useMemo, useReducer, useRef, useState } from 'react'
import type { AgendaView } from '@/lib/agenda/schema.ts'
import type { ApprovalsView } from '@/lib/approval/schema.ts'
import type { ThreadsView } from '@/lib/comments/schema.ts'
import type { Answer } from '@/lib/errors.ts'
import type { MeetingTopic } from '@/lib/sync/messages.ts'
import type { Change } from './arrangement.ts'
import { coalesce } from './coalesce.ts'
import { fetchView, ViewRefused } from './fetch-view.ts'

export type Views = { agenda: AgendaView; approvals: ApprovalsView; threads: ThreadsView }

type Pending = { id: number; change: Change }
type State = { agenda: AgendaView; pending: Pending[] }
type Step =
  | { kind: 'guess'; pending: Pending }
  | { kind: 'told'; agenda: AgendaView; done: number[] }
  | { kind: 'undo'; id: number }

function reduce(state: State, step: Step): State {
  if (step.kind === 'guess') return { ...state, pending: [...state.pending, step.pending] }
  if (step.kind === 'undo') return { ...state, pending: without(state.pending, [step.id]) }
  return { agenda: step.agenda, pending: without(state.pending, step.done) }
}

function without(pending: Pending[], ids: number[]): Pending[] {
  return pending.filter((one) => !ids.includes(one.id))
}

/**
 * The three views of a meeting, kept fresh. `perform` shows a change at once and keeps it on the screen until the
 * server's own view, read after the act's commit, takes its place in the same breath; so nothing flickers back.
 */
export function useWorkspace(initial: Views) {
  const meetingId = initial.agenda.meeting.id
  const [state, step] = useReducer(reduce, { agenda: initial.agenda, pending: [] })
  const [approvals, setApprovals] = useState(initial.approvals)
  const [threads, setThreads] = useState(initial.threads)
  const [stale, setStale] = useState(false)
  const [deaf, setDeaf] = useState(false)
  const [refused, setRefused] = useState(false)
  const settled = useRef<number[]>([])
  const nextId = useRef(1)

  const load = useMemo(
    () => ({
      agenda: coalesce(async () => {
        // Acts answered before this fetch began are in what it brings.
        const done = settled.current.splice(0)
        try {
          step({ kind: 'told', agenda: await fetchView<AgendaView>(meetingId, 'agenda'), done })
        } catch (error) {
          settled.current.push(...done)
          throw error
        }
      }),
      approvals: coalesce(async () => setApprovals(await fetchView<ApprovalsView>(meetingId, 'approvals'))),
      threads: coalesce(async () => setThreads(await fetchView<ThreadsView>(meetingId, 'threads'))),
    }),
    [meetingId],
  )

  const refresh = useCallback(
    async (topic: MeetingTopic) => {
      try {
        await load[topic]()
        setStale(false)
        if (topic === 'agenda') setRefused(false)
      } catch (error) {
        // What is shown stays; the reconnect reads everything again.
        if (error instanceof ViewRefused && topic === 'agenda') setRefused(true)
        setStale(true)
      }
    },
    [load],
  )

  const refreshAll = useCallback(
    () => void Promise.all([refresh('agenda'), refresh('approvals'), refresh('threads')]),
    [refresh],
  )

  useEffect(() => {
    if (refused || !(stale || deaf)) return
    const timer = setInterval(refreshAll, 5_000)
    return () => clearInterval(timer)
  }, [stale, deaf, refused, refreshAll])

  // The room does not say why, and tells no more; the fetch does, and goes on where the page may still be read.
  const onRoomRefused = useCallback(() => {
    setDeaf(true)
    refreshAll()
  }, [refreshAll])

  const perform = useCallback(
    async <T>(change: Change | null, act: () => Promise<Answer<T>>): Promise<Answer<T>> => {
      const id = nextId.current++
      if (change) step({ kind: 'guess', pending: { id, change } })
      const answer = await ask(act)
      if (!answer.ok) {
        step({ kind: 'undo', id })
        return answer
      }
      settled.current.push(id)
      await refresh('agenda')
      return answer
    },
    [refresh],
  )

  const agenda = useMemo(
    () => state.pending.reduce((view, { change }) => change(view), state.agenda),
    [state],
  )
  return { agenda, approvals, threads, refused, refresh, refreshAll, onRoomRefused, perform }
}

// A call that never reached the server throws instead of answering.
async function ask<T>(act: () => Promise<Answer<T>>): Promise<Answer<T>> {
  try {
    return await act()
  } catch {
    return { ok: false, code: 'store-unavailable' }
  }
}
