import type { ItemView } from '@/lib/agenda/schema.ts'
import type { OfflineCopy } from '@/lib/dispatch/schema.ts'

/** A kept copy with the mark the server knows it by, and when the server last said that it holds. */
export type KeptCopy = OfflineCopy & { etag: string; fetchedAt: string }

/** What the server's answer makes of a copy: it is replaced, it still holds, the right is lost, or nobody knows. */
export type Fate = 'fresh' | 'holds' | 'lost' | 'unknown'

/** What an answer to the question for a copy means; null where none came. */
export function fateOf(status: number | null): Fate {
  switch (status) {
    case 200:
      return 'fresh'
    case 304:
      return 'holds'
    case 401:
    case 403:
    case 404:
      return 'lost'
    default:
      return 'unknown'
  }
}

/** What the server has not been asked about for so long, in ms, is not read any more: a right may be lost meanwhile. */
const lifetime = 14 * 24 * 60 * 60 * 1000

/** May what is kept be read at a moment, when the server last knew the person at another? */
export function isAlive(seenAt: number, now: number): boolean {
  return now - seenAt < lifetime
}

/** The ids of the items whose words a copy holds. */
export function heldItems({ edition }: OfflineCopy): string[] {
  return itemsOf(edition.agenda).flatMap(({ id, content }) => (content ? [id] : []))
}

/** All items of an agenda, in order. */
export function itemsOf(agenda: OfflineCopy['edition']['agenda']): ItemView[] {
  return agenda.sections.flatMap((section) => section.items)
}

/**
 * The copy without the words of items that may not be read any more, and of what was said of them; null where it holds
 * none of them. Its mark goes, so that the whole is asked for again.
 */
export function withoutLost(copy: KeptCopy, readable: ReadonlySet<string>): KeptCopy | null {
  const lost = new Set(heldItems(copy).filter((id) => !readable.has(id)))
  if (lost.size === 0) return null
  const { edition, threads, readings } = copy
  const { agenda } = edition
  const publicTitles = new Map(itemsOf(agenda).map(({ id, publicTitle }) => [id, publicTitle ?? '']))
  return {
    ...copy,
    etag: '',
    edition: {
      ...edition,
      agenda: {
        ...agenda,
        sections: agenda.sections.map((section) => ({
          ...section,
          items: section.items.map((item) => (lost.has(item.id) ? unread(item) : item)),
        })),
      },
      changes: edition.changes.map((change) =>
        lost.has(change.itemId)
          ? { ...change, title: publicTitles.get(change.itemId) ?? '', difference: null }
          : change,
      ),
    },
    threads: { ...threads, threads: threads.threads.filter(({ itemId }) => !lost.has(itemId)) },
    readings: Object.fromEntries(Object.entries(readings).filter(([itemId]) => !lost.has(itemId))),
  }
}

function unread({ id, number, frozenNumber, visibility, publicTitle, may }: ItemView): ItemView {
  return {
    id,
    number,
    frozenNumber,
    visibility,
    publicTitle,
    may: { ...may, comment: false, moderate: false },
    title: publicTitle ?? '',
    lateReason: null,
    closedReason: null,
    generation: 0,
    submittedAt: null,
    content: null,
    contentHash: null,
    contentAt: null,
    annexes: [],
  }
}
