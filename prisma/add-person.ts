import { parseArgs } from 'node:util'
import { z } from 'zod'
import { type Db, transaction } from '@/lib/db.ts'
import { roles } from '@/lib/identity/rules.ts'
import { command, onDatabase } from './command.ts'
import { StartRefusal } from './refusal.ts'

/*
 * `npm run person`: adds one person to one body, making both where they are missing. It is how the first people get
 * into an installation without the demo. The embedded database must not be in use by a running process.
 */

const usage =
  'npm run person -- --body "KKR Midtjylland" --email jhp@example.org --name "Jens Hansen Petersen" --initials jhp --role secretariat'

const personSchema = z.object({
  body: z.string().trim().min(1),
  email: z.email().transform((email) => email.toLowerCase()),
  name: z.string().trim().min(1),
  initials: z.string().regex(/^[a-zæøå]{2,6}$/),
  role: z.enum(roles),
  position: z.enum(['chair', 'viceChair']).optional(),
})
type Person = z.output<typeof personSchema>

const option = { type: 'string' } as const

await command(async () => {
  const person = readPerson()
  await onDatabase(async () => {
    await transaction((tx) => addPerson(tx, person))
    process.stdout.write(`${person.name} is ${person.role} of ${person.body}.\n`)
  })
})

function readPerson(): Person {
  const options = {
    body: option,
    email: option,
    name: option,
    initials: option,
    role: option,
    position: option,
  }
  const parsed = personSchema.safeParse(parseArgs({ options, strict: false }).values)
  if (parsed.success) return parsed.data
  const wrong = parsed.error.issues.map((issue) => `--${issue.path.join('.')}: ${issue.message}`)
  throw new StartRefusal(`${wrong.join('\n')}\nFor example: ${usage}`)
}

async function addPerson(tx: Db, { body: name, role, position, ...data }: Person): Promise<void> {
  const slug = name.toLowerCase().replace(/[^a-z0-9æøå]+/g, '-')
  const body = await tx.body.upsert({ where: { slug }, create: { slug, name }, update: {} })
  const user = await tx.user.upsert({ where: { email: data.email }, create: data, update: {} })
  const held = { bodyId: body.id, userId: user.id }
  const given = { role, position: position ?? null }
  await tx.membership.upsert({
    where: { bodyId_userId: held },
    create: { ...held, ...given, termFrom: new Date() },
    update: given,
  })
}
