import { loadAgenda } from '@/lib/agenda/service.ts'
import { type Clock, systemClock } from '@/lib/clock.ts'
import { db } from '@/lib/db.ts'
import { AppError } from '@/lib/errors.ts'
import { membersNow } from '@/lib/identity/membership-service.ts'
import { type Actor, subjectIn } from '@/lib/identity/schema.ts'
import { dayOf } from '@/lib/identity/term.ts'
import { memberAsReader, readerIn } from './access-service.ts'
import {
  type AllComments,
  commentedItems,
  overseesComments,
  type ThreadTaker,
  takenScopes,
} from './overview.ts'
import { loadThreads } from './service.ts'

/** All comments on an agenda as the actor, of the secretariat, may read them. Throws not-found, also to others. */
export async function loadAllComments(
  actor: Actor,
  meetingId: string,
  clock: Clock = systemClock,
): Promise<AllComments> {
  const agenda = await loadAgenda(actor, meetingId)
  const { meeting, body } = agenda
  if (!overseesComments(subjectIn(actor, body.id))) throw new AppError('not-found')
  const [{ threads }, takers] = await Promise.all([
    loadThreads(actor, meetingId, clock),
    takersOf(actor, body.id, dayOf(clock())),
  ])
  const items = commentedItems(agenda)
  const here = new Set(items.map(({ id }) => id))
  return {
    meeting: { id: meeting.id, startsAt: meeting.startsAt, place: meeting.place },
    body: { id: body.id, name: body.name, slug: body.slug },
    items,
    threads,
    takers: takers.map((taker) => ({
      ...taker,
      recusedFrom: taker.recusedFrom.filter((id) => here.has(id)),
    })),
  }
}

/** Who can be given conversations the actor may read, and of which scopes; `today` is a day at midnight UTC. */
async function takersOf(actor: Actor, bodyId: string, today: Date): Promise<ThreadTaker[]> {
  const { groupsAreOpen, politicalGroup } = await readerIn(db(), actor, bodyId)
  const members = await membersNow(db(), { bodyId, today })
  return members.flatMap((member) => {
    const { userId, name, initials, recusedFrom } = member
    const scopes = takenScopes(memberAsReader(member, groupsAreOpen), politicalGroup)
    return scopes.length > 0 ? [{ userId, name, initials, scopes, recusedFrom: [...recusedFrom] }] : []
  })
}
