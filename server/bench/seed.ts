import { readFileSync, writeFileSync } from 'node:fs'
import { encode } from 'next-auth/jwt'
import { readState } from '@/lib/agenda/doc.ts'
import { createDocument } from '@/lib/agenda/doc-store.ts'
import { contentHash } from '@/lib/agenda/hash.ts'
import { searchText } from '@/lib/agenda/rules.ts'
import { db, setDatabase, transaction } from '@/lib/db.ts'
import { readProcessEnv } from '@/lib/env.ts'
import { sessionCookieName } from '@/lib/identity/cookies.ts'
import { openDatabase } from '@/prisma/open.ts'
import { authSecret, idOf, stageSize } from './names.ts'

/*
 * Fills the database of the environment with one body, its people and a meeting's items, each beginning as the given
 * state: `seed.ts <state file> <cookie file>`.
 */

const [stateFile = '', cookieFile = ''] = process.argv.slice(2)
const answer = readProcessEnv()
if (!answer.ok) throw new Error(answer.sentence)
const database = await openDatabase(answer.env)
setDatabase(database)
await seedPeople()
await seedItems(new Uint8Array(readFileSync(stateFile)))
await database.close()
if (cookieFile) writeFileSync(cookieFile, JSON.stringify(await cookies()))

async function seedPeople(): Promise<void> {
  const bodyId = idOf('body', 0)
  await db().body.create({ data: { id: bodyId, slug: 'bench', name: 'Prøverådet' } })
  for (let from = 0; from < stageSize.users; from += 1000) {
    const people = Array.from({ length: 1000 }, (_, at) => from + at)
    await db().user.createMany({
      data: people.map((at) => ({
        id: idOf('user', at),
        email: `person-${at}@example.org`,
        name: `Person ${at}`,
        initials: `p${at}`,
      })),
    })
    await db().membership.createMany({
      data: people.map((at) => ({
        bodyId,
        userId: idOf('user', at),
        role: 'secretariat' as const,
        termFrom: new Date('2018-01-01'),
      })),
    })
  }
}

/** Most items stand in one long agenda, and the last of them in one as long as they are. */
async function seedItems(state: Uint8Array): Promise<void> {
  for (const at of [0, 1]) {
    const meetingId = idOf('meeting', at)
    await db().meeting.create({
      data: { id: meetingId, bodyId: idOf('body', 0), startsAt: new Date('2027-03-05'), place: 'Viborg' },
    })
    await db().section.create({ data: { id: idOf('section', at), meetingId, title: 'Sager', position: 0 } })
  }
  const isInShort = (at: number) => at >= stageSize.items - stageSize.shortAgenda
  const content = readState(state)
  const hash = contentHash(content, { visibility: 'open', publicTitle: null, annexes: [] })
  const items = Array.from({ length: stageSize.items }, (_, at) => idOf('item', at))
  await db().item.createMany({
    data: items.map((id, position) => ({
      id,
      meetingId: idOf('meeting', isInShort(position) ? 1 : 0),
      sectionId: idOf('section', isInShort(position) ? 1 : 0),
      position,
      title: content.title,
      content,
      contentHash: hash,
      searchText: searchText(content),
    })),
  })
  await transaction(async (tx) => {
    for (const itemId of items) await createDocument(tx, { itemId, generation: 1, state, userId: null })
  })
  // As after a projection: the server has nothing to catch up with when it starts.
  await db().$executeRaw`
    UPDATE "Item" i SET "projectedSeq" = u.seq
    FROM "Document" d JOIN "DocumentUpdate" u ON u."documentId" = d."id" WHERE d."itemId" = i."id"`
}

async function cookies(): Promise<string[]> {
  const made: string[] = []
  for (let at = 0; at < stageSize.users; at++) {
    const token = await encode({ token: { sub: idOf('user', at) }, secret: authSecret })
    made.push(`${sessionCookieName(false)}=${token}`)
  }
  return made
}
