import type { Metadata } from 'next'
import { redirect } from 'next/navigation'
import { getTranslations } from 'next-intl/server'
import { Blockers } from '@/components/dispatch/blockers.tsx'
import { AccountMenu } from '@/components/identity/account-menu.tsx'
import { Home, type WaitingMeeting } from '@/components/meeting/home.tsx'
import { readableItems } from '@/lib/agenda/service.ts'
import { waitsFor } from '@/lib/approval/rules.ts'
import { loadApprovals } from '@/lib/approval/service.ts'
import { systemClock } from '@/lib/clock.ts'
import { loadThreads } from '@/lib/comments/service.ts'
import { loadMeetingDeadlines, loadReadiness } from '@/lib/dispatch/service.ts'
import { type Actor, membershipIn } from '@/lib/identity/schema.ts'
import { isDemoOn } from '@/lib/identity/service.ts'
import { currentActor } from '@/lib/identity/session.ts'
import { neededFor, waitingFor } from '@/lib/meeting/rules.ts'
import type { BodyMeetings, MeetingLine } from '@/lib/meeting/schema.ts'
import { listMeetings } from '@/lib/meeting/service.ts'

export const dynamic = 'force-dynamic'

export async function generateMetadata(): Promise<Metadata> {
  return { title: (await getTranslations('meeting.home'))('title') }
}

export default async function HomePage() {
  const actor = await currentActor()
  if (!actor) redirect('/log-ind')
  const bodies = await listMeetings(actor)
  const waiting = await Promise.all(
    bodies.flatMap((body) => body.coming.map((meeting) => waitingIn(actor, body, meeting))),
  )
  const role = bodies[0]?.role ?? null
  return (
    <Home
      bodies={bodies}
      waiting={waiting}
      now={systemClock()}
      next={await outgoing(actor, bodies)}
      account={<AccountMenu name={actor.name} initials={actor.initials} role={role} isDemo={isDemoOn()} />}
    />
  )
}

async function outgoing(actor: Actor, bodies: BodyMeetings[]) {
  const coming = bodies.flatMap((body) => body.coming)
  const [next] = coming.sort((one, other) => one.startsAt.localeCompare(other.startsAt))
  if (!next) return { deadlines: null, blockers: null }
  if (next.open === 'read') return { deadlines: await loadMeetingDeadlines(actor, next.id), blockers: null }
  const readiness = await loadReadiness(actor, next.id)
  const blockers = <Blockers readiness={readiness} path={`/moeder/${next.id}`} />
  return { deadlines: readiness.deadlines, blockers }
}

async function waitingIn(actor: Actor, body: BodyMeetings, meeting: MeetingLine): Promise<WaitingMeeting> {
  const needs = neededFor(body.role, meeting.state)
  const [{ items }, approvals, threads] = await Promise.all([
    readableItems(actor, meeting.id),
    needs.approvals ? loadApprovals(actor, meeting.id) : null,
    needs.threads ? loadThreads(actor, meeting.id) : null,
  ])
  const position = membershipIn(actor, body.bodyId)?.position ?? null
  const states = new Map(approvals?.items.map((state) => [state.itemId, state]))
  const isAsked = (itemId: string) => {
    const state = states.get(itemId)
    return position !== null && state !== undefined && waitsFor({ userId: actor.userId, position }, state)
  }
  const waiting = waitingFor({
    userId: actor.userId,
    role: body.role,
    state: meeting.state,
    items: items.map((item) => ({
      submitted: item.submittedAt !== null,
      asked: isAsked(item.id),
    })),
    threads: (threads?.threads ?? []).map((thread) => ({
      resolved: thread.resolvedAt !== null,
      private: thread.scope === 'private',
      lastUserId: thread.comments.at(-1)?.userId ?? null,
    })),
  })
  return { meeting, bodyName: body.name, waiting }
}
