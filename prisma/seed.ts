import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { parseDateTime, toZoned } from '@internationalized/date'
import { readableItems } from '@/lib/agenda/service.ts'
import { submit } from '@/lib/approval/service.ts'
import { systemClock } from '@/lib/clock.ts'
import { db } from '@/lib/db.ts'
import { loadActor } from '@/lib/identity/store.ts'
import { importAgenda } from '@/lib/import/service.ts'
import { demoBody, seedPeople } from './demo/people.ts'
import { projectRoot } from './root.ts'

const place = 'Viborg, Regionshuset'
const fortnight = 14 * 24 * 60 * 60 * 1000

/** When the demo meeting begins: the Friday its agenda speaks of, or as many weeks later as keep it a fortnight away. */
export function demoStart(now: Date): Date {
  let start = toZoned(parseDateTime('2026-12-11T09:30'), 'Europe/Copenhagen')
  while (start.toDate().getTime() - now.getTime() < fortnight) start = start.add({ weeks: 1 })
  return start.toDate()
}

/**
 * Loads the demo body, its people and one meeting, read by the importer from prisma/demo/agenda.txt. All items but
 * the last are sent to review, so that chairmanship and members have something to do. Does nothing where there is a
 * meeting or a body of somebody's own; people without a meeting are what a start that was cut short left behind.
 */
export async function seedDemo(now = systemClock()): Promise<void> {
  const ownBodies = await db().body.count({ where: { slug: { not: demoBody.slug } } })
  if (ownBodies > 0 || (await db().meeting.count()) > 0) return
  const { bodyId, userIds } = await seedPeople(db())
  const secretary = await loadActor(db(), userIds.jhp, now)
  if (!secretary) throw new Error('The demo secretary has no membership that holds today')
  const text = readFileSync(join(projectRoot, 'prisma/demo/agenda.txt'))
  const { meetingId } = await importAgenda(secretary, text, {
    bodyId,
    startsAt: demoStart(now),
    place,
  })
  const { items } = await readableItems(secretary, meetingId)
  await submit(secretary, { meetingId, itemIds: items.slice(0, -1).map((item) => item.id) })
  // The people of the demo read of it in their lists; a mail would wait for ever, or go to somebody's own address.
  await db().mail.deleteMany({ where: { userId: { in: Object.values(userIds) } } })
}
