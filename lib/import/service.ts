import { appendPreface, appendSection, createItem, createMeeting, loadAgenda } from '@/lib/agenda/service.ts'
import { audit } from '@/lib/audit.ts'
import { transaction } from '@/lib/db.ts'
import { AppError } from '@/lib/errors.ts'
import { bodiesOf } from '@/lib/identity/membership-service.ts'
import { canBody } from '@/lib/identity/rules.ts'
import { type Actor, subjectIn } from '@/lib/identity/schema.ts'
import { signal } from '@/lib/signals.ts'
import { toItem, toProse } from './content.ts'
import { readAgendaFile } from './rules.ts'
import type { AgendaText, ProofLine } from './schema.ts'

/** Where an imported agenda goes: a new meeting of a body, or the end of a meeting that is being prepared. */
export type ImportTarget = { bodyId: string; startsAt: Date; place: string } | { meetingId: string }

/** The bodies the actor may import an agenda into, by name. */
export async function importableBodies(actor: Actor): Promise<{ id: string; name: string }[]> {
  const bodies = await bodiesOf(actor)
  return bodies.filter(({ id }) => canBody(subjectIn(actor, id), 'importAgenda'))
}

/**
 * Reads an agenda file with the place of each of its lines, for those who may import into some body; creates
 * nothing. Throws the reason it is no agenda.
 */
export function proveAgenda(actor: Actor, bytes: Uint8Array): { agenda: AgendaText; proof: ProofLine[] } {
  const mayImport = actor.memberships.some((membership) => canBody(membership, 'importAgenda'))
  if (!mayImport) throw new AppError('forbidden')
  const read = readAgendaFile(bytes)
  if (!read.ok) throw new AppError(read.reason)
  return { agenda: read.agenda, proof: read.proof }
}

/** Creates sections and items from an agenda file, all or nothing, and answers the meeting's id. */
export async function importAgenda(
  actor: Actor,
  bytes: Uint8Array,
  target: ImportTarget,
): Promise<{ meetingId: string }> {
  const { agenda } = proveAgenda(actor, bytes)
  const bodyId = 'bodyId' in target ? target.bodyId : await preparedMeeting(actor, target.meetingId)
  if (!canBody(subjectIn(actor, bodyId), 'importAgenda')) throw new AppError('forbidden')
  const meetingId = await transaction(async (tx) => {
    const id = 'bodyId' in target ? await createMeeting(tx, target) : target.meetingId
    const preface = toProse(agenda.preface)
    if (preface) await appendPreface(tx, id, preface)
    for (const section of agenda.sections) {
      const sectionId = await appendSection(tx, { meetingId: id, title: section.title })
      for (const [position, item] of section.items.map(toItem).entries()) {
        await createItem(tx, { meetingId: id, sectionId, position, userId: actor.userId, ...item })
      }
    }
    const who = { bodyId, userId: actor.userId, subjectId: id }
    if ('bodyId' in target) await audit(tx, { ...who, act: 'meeting-created' })
    await audit(tx, {
      ...who,
      act: 'agenda-imported',
      data: { sections: agenda.sections.length, lines: agenda.account.lines, placed: agenda.account.placed },
    })
    await signal(tx, { kind: 'meeting-changed', meetingId: id, what: 'agenda' })
    return id
  })
  return { meetingId }
}

async function preparedMeeting(actor: Actor, meetingId: string): Promise<string> {
  const agenda = await loadAgenda(actor, meetingId)
  if (agenda.meeting.state !== 'preparing') throw new AppError('agenda-frozen')
  return agenda.body.id
}
