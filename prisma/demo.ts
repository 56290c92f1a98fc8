import { parseArgs } from 'node:util'
import { z } from 'zod'
import { systemClock } from '@/lib/clock.ts'
import { db } from '@/lib/db.ts'
import { command, onDatabase } from './command.ts'
import { makeMany } from './demo/many.ts'
import { demoBody } from './demo/people.ts'
import { StartRefusal } from './refusal.ts'
import { seedDemo } from './seed.ts'

/*
 * `npm run demo -- --meetings 200 --items 3000`: loads the demo and fills its body with meetings and items, as after
 * years of use. The embedded database must not be in use by a running process.
 */

const usage = 'npm run demo -- --meetings 200 --items 3000 --coming 10'
const option = { type: 'string' } as const
const count = z.coerce.number().int().min(1)
const wanted = z.object({
  meetings: count.max(10_000).default(200),
  items: count.max(1_000_000).default(3000),
  coming: count.default(10),
})

await command(async () => {
  const options = { meetings: option, items: option, coming: option }
  const many = wanted.safeParse(parseArgs({ options, strict: false }).values)
  if (!many.success) throw new StartRefusal(`For example: ${usage}`)
  await onDatabase(() => fill(many.data))
})

async function fill(many: z.output<typeof wanted>): Promise<void> {
  const now = systemClock()
  await seedDemo(now)
  const body = await db().body.findUnique({ where: { slug: demoBody.slug } })
  if (!body) throw new StartRefusal('This database has bodies of somebody’s own: it takes no demo.')
  await makeMany({ bodyId: body.id, now, ...many })
  process.stdout.write(`${many.meetings} meetings with ${many.items} items are made.\n`)
}
