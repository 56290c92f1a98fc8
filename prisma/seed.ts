import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { readableItems } from '@/lib/agenda/service.ts'
import { submit } from '@/lib/approval/service.ts'
import { db } from '@/lib/db.ts'
import { loadActor } from '@/lib/identity/store.ts'
import { importAgenda } from '@/lib/import/service.ts'
import { danishTime } from '@/lib/import/when.ts'
import { demoBody, seedPeople } from './demo/people.ts'
import { projectRoot } from './root.ts'

const meeting = { startsAt: '2026-12-11T09:30', place: 'Viborg, Regionshuset' }

/**
 * Loads the demo body, its people and one meeting, read by the importer from prisma/demo/agenda.txt. All items but
 * the last are sent to review, so that chairmanship and members have something to do. Does nothing where there is a
 * meeting or a body of somebody's own; people without a meeting are what a start that was cut short left behind.
 */
export async function seedDemo(): Promise<void> {
  const ownBodies = await db().body.count({ where: { slug: { not: demoBody.slug } } })
  if (ownBodies > 0 || (await db().meeting.count()) > 0) return
  const { bodyId, userIds } = await seedPeople(db())
  const startsAt = danishTime(meeting.startsAt)
  const secretary = await loadActor(db(), userIds.jhp, new Date())
  if (!secretary || !startsAt) throw new Error('The demo data does not fit the code that loads it')
  const text = readFileSync(join(projectRoot, 'prisma/demo/agenda.txt'))
  const { meetingId } = await importAgenda(secretary, text, { bodyId, startsAt, place: meeting.place })
  const { items } = await readableItems(secretary, meetingId)
  await submit(secretary, { meetingId, itemIds: items.slice(0, -1).map((item) => item.id) })
}
