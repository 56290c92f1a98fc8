import type { Draft } from '@/components/comments/composer.tsx'
import type { ThreadView } from '@/lib/comments/schema.ts'
import type { Highlight } from './prose-parts.ts'
import type { PrintedField } from './reader-item.tsx'

/** The id under which the words of a thread about to be started are painted. */
export const draftId = 'draft'

/** How many threads of each item are open. */
export function countOpen(threads: ThreadView[]): Map<string, number> {
  const counts = new Map<string, number>()
  for (const thread of threads) {
    if (!thread.resolvedAt) counts.set(thread.itemId, (counts.get(thread.itemId) ?? 0) + 1)
  }
  return counts
}

/** What to paint in one field: open threads, the active one, and the words of a draft. */
export function highlightsOf(
  threads: ThreadView[],
  { field, activeId, draft }: { field: PrintedField; activeId: string | null; draft: Draft | null },
): Highlight[] {
  const own = threads.flatMap((thread): Highlight[] => {
    const active = thread.id === activeId
    if (thread.field !== field || !thread.place || (thread.resolvedAt && !active)) return []
    return [{ ...thread.place, threadId: thread.id, resolved: thread.resolvedAt !== null, active }]
  })
  const selection = draft?.selection
  if (selection?.field !== field) return own
  return [
    ...own,
    { from: selection.from, to: selection.to, threadId: draftId, resolved: false, active: true },
  ]
}
