import type { ItemView } from '@/lib/agenda/schema.ts'
import type { ItemReadings } from '@/lib/dispatch/schema.ts'

/** How far a person is with an item: `new` came after they had begun to read, `changed` since they read it. */
export type Mark = 'read' | 'unread' | 'changed' | 'new'

type Marked = Pick<ItemView, 'id' | 'contentHash' | 'submittedAt'>

/**
 * The mark of each item whose words the person may read. `arrived` holds the ids of items that what was sent last calls
 * new.
 */
export function marksOf(
  items: readonly Marked[],
  readings: ItemReadings,
  arrived: ReadonlySet<string>,
): Map<string, Mark> {
  const lastRead = Object.values(readings)
    .map(({ at }) => at)
    .toSorted()
    .at(-1)
  const isNew = ({ id, submittedAt }: Marked) =>
    lastRead !== undefined && (arrived.has(id) || (submittedAt !== null && submittedAt > lastRead))
  return new Map(
    items.flatMap((item): [string, Mark][] => {
      const { id, contentHash } = item
      if (contentHash === null) return []
      const reading = readings[id]
      if (!reading) return [[id, isNew(item) ? 'new' : 'unread']]
      return [[id, reading.contentHash === contentHash ? 'read' : 'changed']]
    }),
  )
}
