import type { Metadata } from 'next'
import { redirect } from 'next/navigation'
import { getTranslations } from 'next-intl/server'
import { Blockers } from '@/components/dispatch/blockers.tsx'
import { AccountMenu } from '@/components/identity/account-menu.tsx'
import { Home, type WaitingMeeting } from '@/components/meeting/home.tsx'
import { waitsFor } from '@/lib/approval/rules.ts'
import { loadApprovals } from '@/lib/approval/service.ts'
import { systemClock } from '@/lib/clock.ts'
import { countUnanswered, countUnread } from '@/lib/comments/service.ts'
import { loadMeetingDeadlines, loadReadiness } from '@/lib/dispatch/service.ts'
import { type Actor, membershipIn } from '@/lib/identity/schema.ts'
import { isDemoOn } from '@/lib/identity/service.ts'
import { currentActor } from '@/lib/identity/session.ts'
import { waitingFor } from '@/lib/meeting/rules.ts'
import type { BodyMeetings, MeetingLine } from '@/lib/meeting/schema.ts'
import { listMeetings } from '@/lib/meeting/service.ts'

export const dynamic = 'force-dynamic'

export async function generateMetadata(): Promise<Metadata> {
  return { title: (await getTranslations('meeting.home'))('title') }
}

type Props = { searchParams: Promise<{ alle?: string | string[] }> }

export default async function HomePage({ searchParams }: Props) {
  const [{ alle: whole }, actor] = await Promise.all([searchParams, currentActor()])
  if (!actor) redirect('/log-ind')
  const bodies = await listMeetings(actor)
  const [waiting, next] = await Promise.all([waitingOf(actor, bodies), outgoing(actor, bodies)])
  const role = bodies[0]?.role ?? null
  return (
    <Home
      bodies={bodies}
      waiting={waiting}
      now={systemClock()}
      next={next}
      whole={typeof whole === 'string' ? whole : null}
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

async function waitingOf(actor: Actor, bodies: BodyMeetings[]): Promise<WaitingMeeting[]> {
  const offices = bodies.filter(({ role }) => role === 'secretariat')
  const unanswered = await countUnanswered(
    actor,
    offices.flatMap(({ coming }) => coming.map(({ id }) => id)),
  )
  const unread = await countUnread(
    actor,
    bodies.flatMap(({ coming }) => coming.map(({ id }) => id)),
  )
  return Promise.all(
    bodies.flatMap((body) =>
      body.coming.map(async (meeting) => ({
        meeting,
        bodyName: body.name,
        waiting: waitingFor({
          ...meeting,
          role: body.role,
          asked: await countAsked(actor, body, meeting),
          unanswered: unanswered.get(meeting.id) ?? 0,
          unread: unread.get(meeting.id) ?? 0,
        }),
      })),
    ),
  )
}

/** Verdicts are read for the chairmanship alone, and only of an agenda of which something is in review. */
async function countAsked(actor: Actor, body: BodyMeetings, meeting: MeetingLine): Promise<number> {
  const position = membershipIn(actor, body.bodyId)?.position
  if (body.role !== 'chair' || !position || !meeting.isOpen || !meeting.submitted) return 0
  const { items } = await loadApprovals(actor, meeting.id)
  return items.filter((item) => item.status !== 'draft' && waitsFor({ userId: actor.userId, position }, item))
    .length
}
