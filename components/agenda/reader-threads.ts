import type { Draft } from '@/components/comments/composer.tsx'
import type { ThreadView } from '@/lib/comments/schema.ts'
import type { Highlight } from './prose-parts.ts'
import type { PrintedField } from './reader-item.tsx'

/** The id under which the words of a thread about to be started are painted. */
export const draftId = 'draft'

/** What to paint in one field: the threads shown, and the words of a draft. */
export function highlightsOf(
  threads: ThreadView[],
  { field, activeId, draft }: { field: PrintedField; activeId: string | null; draft: Draft | null },
): Highlight[] {
  const own = threads.flatMap((thread): Highlight[] => {
    const active = thread.id === activeId
    if (thread.field !== field || !thread.place) return []
    return [{ ...thread.place, threadId: thread.id, resolved: thread.resolvedAt !== null, active }]
  })
  const selection = draft?.selection
  if (selection?.field !== field) return own
  return [
    ...own,
    { from: selection.from, to: selection.to, threadId: draftId, resolved: false, active: true },
  ]
}
