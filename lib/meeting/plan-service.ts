import { appendSection, createItem, createMeeting } from '@/lib/agenda/service.ts'
import { audit } from '@/lib/audit.ts'
import { systemClock } from '@/lib/clock.ts'
import { type Db, db, transaction } from '@/lib/db.ts'
import { AppError } from '@/lib/errors.ts'
import { formatDay } from '@/lib/i18n/dates.ts'
import { danishTime } from '@/lib/i18n/when.ts'
import { bodiesOf } from '@/lib/identity/membership-service.ts'
import { type BodyAct, canBody } from '@/lib/identity/rules.ts'
import { type Actor, membershipIn, subjectIn } from '@/lib/identity/schema.ts'
import { signal } from '@/lib/signals.ts'
import { type PlannableBody, type Template, type TemplateView, templateSchema } from './schema.ts'
import * as store from './store.ts'
import { type Blanks, contentOf, firstTemplate, itemsFor } from './template.ts'

// Agendas are written in Danish, whichever language their writer's interface has.
const agendaLocale = 'da'

function mayIn(actor: Actor, bodyId: string, act: BodyAct): void {
  if (!membershipIn(actor, bodyId)) throw new AppError('not-found')
  if (!canBody(subjectIn(actor, bodyId), act)) throw new AppError('forbidden')
}

/** A body's template, its own or the one every body begins with. Throws not-found or forbidden. */
export async function loadTemplate(actor: Actor, bodyId: string): Promise<TemplateView> {
  mayIn(actor, bodyId, 'editTemplate')
  const [{ template, revision }, bodies] = await Promise.all([templateOf(db(), bodyId), bodiesOf(actor)])
  return { bodyId, name: bodies.find(({ id }) => id === bodyId)?.name ?? '', revision, template }
}

/** A body's template without asking who reads it; the caller judges. */
export async function templateOf(
  handle: Db,
  bodyId: string,
): Promise<{ template: Template; revision: number }> {
  const row = await store.findTemplate(handle, bodyId)
  if (!row) return { template: firstTemplate, revision: 0 }
  return { template: templateSchema.parse(row.content), revision: row.revision }
}

/** Saves a body's template over the revision its editor saw, and answers the new one. Throws stale-content. */
export async function saveTemplate(
  actor: Actor,
  input: { bodyId: string; revision: number; template: Template },
  now: Date = systemClock(),
): Promise<{ revision: number }> {
  const { bodyId, revision, template } = input
  mayIn(actor, bodyId, 'editTemplate')
  await transaction(async (tx) => {
    const isWritten = await store.writeTemplate(tx, { bodyId, revision, content: template, now })
    if (!isWritten) throw new AppError('stale-content')
    const data = { revision: revision + 1, sections: template.sections.length }
    await audit(tx, { bodyId, userId: actor.userId, act: 'template-saved', subjectId: bodyId, data })
  })
  return { revision: revision + 1 }
}

/** The bodies in which the actor may plan a meeting, with the meetings a new one may follow. */
export async function plannableBodies(actor: Actor): Promise<PlannableBody[]> {
  const bodies = (await bodiesOf(actor)).filter(({ id }) => canBody(subjectIn(actor, id), 'planMeetings'))
  const meetings = await store.findPlanned(
    db(),
    bodies.map(({ id }) => id),
  )
  return bodies.map(({ id, name }) => ({
    id,
    name,
    meetings: meetings
      .filter(({ bodyId }) => bodyId === id)
      .map((meeting) => ({
        id: meeting.id,
        startsAt: meeting.startsAt.toISOString(),
        place: meeting.place,
        minutesSentOn: meeting.minutesSentOn?.toISOString().slice(0, 10) ?? null,
      })),
  }))
}

/**
 * Makes a meeting from its body's template, all or nothing, and answers its id. `startsAt` is a Danish wall-clock time;
 * `minutesSentOn` is the day the minutes of the meeting before were sent, and is kept with that meeting.
 */
export async function planMeeting(
  actor: Actor,
  input: { bodyId: string; startsAt: string; place: string; minutesSentOn: string | null },
): Promise<{ meetingId: string }> {
  const { bodyId, place } = input
  mayIn(actor, bodyId, 'planMeetings')
  const startsAt = danishTime(input.startsAt)
  if (!startsAt) throw new AppError('invalid-input')
  const bodyName = (await bodiesOf(actor)).find(({ id }) => id === bodyId)?.name ?? ''
  const meetingId = await transaction(async (tx) => {
    const previous = await store.findPrevious(tx, { bodyId, before: startsAt })
    const sentOn = input.minutesSentOn ? new Date(input.minutesSentOn) : (previous?.minutesSentOn ?? null)
    if (previous && sentOn) await noteMinutesSent(tx, actor, { bodyId, previous, sentOn })
    const id = await createMeeting(tx, { bodyId, startsAt, place })
    const { template, revision } = await templateOf(tx, bodyId)
    await writeAgenda(tx, actor, {
      meetingId: id,
      template,
      blanks: {
        bodyName,
        previousDay: previous && formatDay(previous.startsAt, agendaLocale),
        minutesSentDay: previous && sentOn && formatDay(sentOn, agendaLocale),
      },
    })
    const data = { template: revision }
    await audit(tx, { bodyId, userId: actor.userId, act: 'meeting-created', subjectId: id, data })
    await signal(tx, { kind: 'meeting-changed', meetingId: id, what: 'agenda' })
    return id
  })
  return { meetingId }
}

async function noteMinutesSent(
  tx: Db,
  actor: Actor,
  {
    bodyId,
    previous,
    sentOn,
  }: { bodyId: string; previous: { id: string; minutesSentOn: Date | null }; sentOn: Date },
): Promise<void> {
  if (previous.minutesSentOn?.getTime() === sentOn.getTime()) return
  await store.updateMinutesSent(tx, previous.id, sentOn)
  const data = { on: sentOn.toISOString().slice(0, 10) }
  await audit(tx, {
    bodyId,
    userId: actor.userId,
    act: 'minutes-sent-noted',
    subjectId: previous.id,
    data,
  })
}

async function writeAgenda(
  tx: Db,
  actor: Actor,
  { meetingId, template, blanks }: { meetingId: string; template: Template; blanks: Blanks },
): Promise<void> {
  for (const { key, title, items } of template.sections) {
    const sectionId = await appendSection(tx, { meetingId, title, templateKey: key })
    for (const [position, item] of itemsFor(items, blanks).entries()) {
      await createItem(tx, {
        meetingId,
        sectionId,
        position,
        content: contentOf(item, blanks, [actor.initials]),
        userId: actor.userId,
        templateKey: item.key,
        standing: item.standing,
      })
    }
  }
}
