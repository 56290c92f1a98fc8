import { useEffect, useMemo, useState } from 'react'
import { coalesce } from '@/components/agenda/coalesce.ts'
import type { ReadinessView } from '@/lib/dispatch/schema.ts'

/** What is ready to be sent, read again whenever the agenda or its approvals were, and on a new day. */
export function useReadiness(first: ReadinessView, meetingId: string, ...seen: unknown[]): ReadinessView {
  const [readiness, setReadiness] = useState(first)
  const load = useMemo(
    () =>
      coalesce(async () => {
        const response = await fetch(`/api/meetings/${meetingId}/readiness`, { cache: 'no-store' })
        if (response.ok) setReadiness(await response.json())
      }),
    [meetingId],
  )
  // What is shown stays when the server can't be reached; the next change reads it again.
  useEffect(() => void load().catch(() => undefined), [load, ...seen])
  return readiness
}
