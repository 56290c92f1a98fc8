import { loadApprovals } from '@/lib/approval/service.ts'
import { db, transaction } from '@/lib/db.ts'
import { type BodyMember, membersNow } from '@/lib/identity/membership-service.ts'
import type { Actor } from '@/lib/identity/schema.ts'
import { dayOf } from '@/lib/identity/term.ts'
import { notify } from '@/lib/notices/service.ts'
import { loadReadiness } from './read-service.ts'
import { remindersOf } from './reminders.ts'
import * as store from './store.ts'

const day = 86_400_000

/** Deadlines lie at most 30 working days before a meeting, holidays and weekends between them. */
const ahead = 70 * day

/**
 * Reminds those whose turn it is in all meetings that are prepared. What each was told is kept under a key that is the
 * same in every process, so that however many remind, nobody is told twice. `failed` hears of a meeting that was left out.
 */
export async function remindAll(
  now: Date,
  failed: (error: unknown, meetingId: string) => void,
): Promise<void> {
  const to = new Date(now.getTime() + ahead)
  for (const { id } of await store.findPrepared(db(), { from: now, to })) {
    try {
      await remind(id, now)
    } catch (error) {
      failed(error, id)
    }
  }
}

async function remind(meetingId: string, now: Date): Promise<void> {
  const meeting = await store.findMeeting(db(), meetingId)
  if (!meeting) return
  const { bodyId } = meeting
  const people = await membersNow(db(), { bodyId, today: dayOf(now) })
  // Read as the secretariat sees it; a body without one has nobody to send its agenda.
  const secretary = people.find(({ role }) => role === 'secretariat')
  if (!secretary) return
  const clock = () => now
  const actor = asActor(secretary)
  const { deadlines, findings } = await loadReadiness(actor, meetingId, clock)
  const { items } = await loadApprovals(actor, meetingId, clock)
  const asked = items.flatMap(({ missing }) => missing)
  const reminders = remindersOf({ meetingId, deadlines, findings, asked, people })
  await transaction((tx) =>
    notify(
      tx,
      reminders.map(({ userId, subjectId, deadline, days }) => ({
        userId,
        bodyId,
        kind: 'deadline-near',
        meetingId,
        itemId: null,
        subjectId,
        actorId: null,
        data: { deadline, days },
      })),
      clock,
    ),
  )
}

function asActor({ userId, name, initials, ...membership }: BodyMember): Actor {
  return { userId, name, initials, memberships: [membership] }
}
