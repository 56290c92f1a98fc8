import { parseArgs } from 'node:util'
import { z } from 'zod'
import { readProcessEnv } from '@/lib/env.ts'
import { roles } from '@/lib/identity/rules.ts'
import { openDatabase } from './open.ts'
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

try {
  await run()
} catch (error) {
  if (!(error instanceof StartRefusal)) throw error
  process.stderr.write(`${error.message}\n`)
  process.exitCode = 1
}

async function run(): Promise<void> {
  const answer = readProcessEnv()
  if (!answer.ok) throw new StartRefusal(answer.sentence)
  const person = readPerson()
  const { client, close } = await openDatabase(answer.env)
  await client.$transaction((tx) => addPerson(tx, person)).finally(close)
  process.stdout.write(`${person.name} is ${person.role} of ${person.body}.\n`)
}

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

type Tx = Parameters<Parameters<Awaited<ReturnType<typeof openDatabase>>['client']['$transaction']>[0]>[0]

async function addPerson(tx: Tx, { body: name, role, position, ...data }: Person): Promise<void> {
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
