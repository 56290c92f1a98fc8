import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { createState, type ItemContent } from '@/lib/agenda/doc.ts'
import { createDocument } from '@/lib/agenda/doc-store.ts'
import { contentHash } from '@/lib/agenda/hash.ts'
import { searchText } from '@/lib/agenda/rules.ts'
import { type Db, transaction } from '@/lib/db.ts'
import { toItem } from '@/lib/import/content.ts'
import { readAgendaFile } from '@/lib/import/rules.ts'
import { projectRoot } from '../root.ts'

const week = 7 * 24 * 60 * 60 * 1000

/** How much is made: `items` are spread evenly, and `coming` of the meetings begin after `now`. */
export type Many = { bodyId: string; meetings: number; items: number; coming: number; now: Date }

/**
 * Fills a body with meetings a week apart, as after years of use. Their items are those of the demo's agenda over and
 * over; of the meetings to come every other item is in review, and those before are recorded.
 */
export async function makeMany({ bodyId, meetings, items, coming, now }: Many): Promise<void> {
  const agenda = readDemoAgenda()
  const perMeeting = Math.ceil(items / meetings)
  let left = items
  for (let at = 0; at < meetings; at++) {
    const startsAt = new Date(now.getTime() + (coming - at - 0.5) * week)
    const count = Math.min(perMeeting, left)
    left -= count
    await transaction((tx) => makeMeeting(tx, { bodyId, startsAt, isPast: startsAt < now, count, agenda }))
  }
}

type Section = { title: string; contents: ItemContent[] }

function readDemoAgenda(): Section[] {
  const read = readAgendaFile(readFileSync(join(projectRoot, 'prisma/demo/agenda.txt')))
  if (!read.ok) throw new Error(`The demo's agenda is no agenda: ${read.reason}`)
  return read.agenda.sections
    .map(({ title, items }) => ({ title, contents: items.map((item) => toItem(item).content) }))
    .filter(({ contents }) => contents.length > 0)
}

type Plan = { bodyId: string; startsAt: Date; isPast: boolean; count: number; agenda: Section[] }

async function makeMeeting(tx: Db, { bodyId, startsAt, isPast, count, agenda }: Plan): Promise<void> {
  const state = isPast ? 'recorded' : 'preparing'
  const meeting = await tx.meeting.create({
    data: { bodyId, startsAt, place: 'Viborg, Regionshuset', state },
  })
  const places = spread(count, agenda)
  for (const [position, { title, contents }] of places.entries()) {
    const section = await tx.section.create({ data: { meetingId: meeting.id, title, position } })
    const made = await tx.item.createManyAndReturn({
      select: { id: true, position: true },
      data: contents.map((content, at) => ({
        meetingId: meeting.id,
        sectionId: section.id,
        position: at,
        title: content.title,
        content,
        contentHash: contentHash(content, { visibility: 'open', publicTitle: null, annexes: [] }),
        searchText: searchText(content),
        submittedAt: isPast || at % 2 === 0 ? startsAt : null,
      })),
    })
    for (const item of made) {
      const content = contents[item.position]
      if (!content) continue
      await createDocument(tx, { itemId: item.id, generation: 1, state: createState(content), userId: null })
    }
  }
  // As after a projection: the server has nothing to catch up with when it starts.
  await tx.$executeRaw`
    UPDATE "Item" i SET "projectedSeq" = u.seq FROM "Document" d JOIN "DocumentUpdate" u ON u."documentId" = d."id"
    WHERE d."itemId" = i."id" AND i."meetingId" = ${meeting.id}`
}

/** So many items over these sections, each section's own over and over. */
function spread(count: number, agenda: Section[]): Section[] {
  return agenda.map((section, at) => {
    const share = Math.floor(count / agenda.length) + (at < count % agenda.length ? 1 : 0)
    return {
      title: section.title,
      contents: Array.from(
        { length: share },
        (_, turn) => section.contents[turn % section.contents.length],
      ).filter((content) => content !== undefined),
    }
  })
}
