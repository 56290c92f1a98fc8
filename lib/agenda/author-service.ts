import { db } from '@/lib/db.ts'
import { AppError } from '@/lib/errors.ts'
import { namesOf } from '@/lib/identity/membership-service.ts'
import type { Actor } from '@/lib/identity/schema.ts'
import { clientWords } from './authors.ts'
import { fieldNames, readState } from './doc.ts'
import { readAuthored } from './doc-store.ts'
import type { AuthorsView } from './schema.ts'
import { itemFor } from './service.ts'

/**
 * Who wrote which of an item's present words, for the secretariat and, from the first review, the chairmanship. Words
 * an item began with (imported, copied, or from before it was opened or closed) are nobody's. Throws not-found or
 * forbidden.
 */
export async function loadAuthors(actor: Actor, itemId: string): Promise<AuthorsView> {
  const { generation } = await itemFor(actor, itemId, 'moderate')
  const kept = await readAuthored(db(), { itemId, generation })
  if (!kept) throw new AppError('not-found')
  const { state, writers } = kept
  const content = readState(state)
  const written = clientWords(state)
  const fields = fieldNames.flatMap((field) => {
    const prose = content.fields[field]
    if (!prose) return []
    const words = written[field].flatMap(({ client, from, to }) => {
      const userId = writers.get(client)
      return userId === undefined ? [] : [{ from, to, userId }]
    })
    return [{ field, prose, words }]
  })
  const userIds = new Set(fields.flatMap(({ words }) => words.map(({ userId }) => userId)))
  const names = await namesOf(db(), [...userIds])
  return { people: [...names].map(([userId, name]) => ({ userId, ...name })), fields }
}
