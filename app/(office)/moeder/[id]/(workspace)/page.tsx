import type { Metadata } from 'next'
import { notFound, redirect } from 'next/navigation'
import { getLocale } from 'next-intl/server'
import { Workspace } from '@/components/agenda/workspace.tsx'
import { loadAgenda } from '@/lib/agenda/service.ts'
import { loadApprovals } from '@/lib/approval/service.ts'
import { systemClock } from '@/lib/clock.ts'
import { loadThreads } from '@/lib/comments/service.ts'
import { loadReadiness } from '@/lib/dispatch/service.ts'
import { AppError } from '@/lib/errors.ts'
import { formatDay } from '@/lib/i18n/dates.ts'
import { membershipIn } from '@/lib/identity/schema.ts'
import { isDemoOn } from '@/lib/identity/service.ts'
import { currentActor } from '@/lib/identity/session.ts'

export const dynamic = 'force-dynamic'

type Props = { params: Promise<{ id: string }> }

export async function generateMetadata({ params }: Props): Promise<Metadata> {
  const [{ id }, actor, locale] = await Promise.all([params, currentActor(), getLocale()])
  // The page sends them to sign in; "no such page" here would come first.
  if (!actor) return {}
  const agenda = await found(loadAgenda(actor, id))
  return { title: `${agenda.body.name}, ${formatDay(agenda.meeting.startsAt, locale)}` }
}

export default async function WorkspacePage({ params }: Props) {
  const [{ id }, actor] = await Promise.all([params, currentActor()])
  if (!actor) redirect(`/log-ind?callbackUrl=/moeder/${id}`)
  // Before it is read: what changes from now on is told to the page when it listens.
  const now = systemClock().toISOString()
  const [agenda, approvals, threads] = await found(
    Promise.all([loadAgenda(actor, id), loadApprovals(actor, id), loadThreads(actor, id)]),
  )
  if (!agenda.may.openWorkspace) redirect(`/moeder/${id}/laes`)
  const readiness = await loadReadiness(actor, id)
  const membership = membershipIn(actor, agenda.body.id)
  return (
    <Workspace
      agenda={agenda}
      approvals={approvals}
      threads={threads}
      readiness={readiness}
      me={{ ...actor, role: membership?.role ?? null, isDemo: isDemoOn() }}
      now={now}
    />
  )
}

/** Answers "no such page" where there is none, or none this person may know of. */
async function found<T>(loading: Promise<T>): Promise<T> {
  try {
    return await loading
  } catch (error) {
    if (error instanceof AppError && error.code === 'not-found') notFound()
    throw error
  }
}
