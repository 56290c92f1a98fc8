import { type MouseEvent, useCallback, useState } from 'react'
import type { Draft } from '@/components/comments/composer.tsx'
import { filterThreads, noFilter } from '@/components/comments/thread-filter.ts'
import type { ItemView } from '@/lib/agenda/schema.ts'
import type { ThreadView } from '@/lib/comments/schema.ts'
import { draftId } from './reader-threads.ts'
import { showWords, useWide } from './reader-window.ts'

type Talk = { threads: ThreadView[]; items: ItemView[]; current: string | null }

/**
 * What a reader looks at of the conversations, and what they begin: beside the text where there is room, else in the
 * sheet of one item.
 */
export function useTalk({ threads, items, current }: Talk) {
  const wide = useWide()
  const [filter, setFilter] = useState(noFilter)
  const [activeId, setActiveId] = useState<string | null>(null)
  const [draft, setDraft] = useState<Draft | null>(null)
  const [open, setOpen] = useState<'contents' | 'threads' | null>(null)
  // The item the sheet speaks of, also when the page moves beneath it.
  const [held, setHeld] = useState<string | null>(null)
  const openThreads = useCallback((itemId: string | null) => {
    setHeld(itemId)
    setOpen('threads')
  }, [])

  const begin = useCallback(
    (started: Draft) => {
      setDraft(started)
      setActiveId(null)
      if (wide === false) openThreads(started.itemId)
    },
    [wide, openThreads],
  )
  const select = useCallback((threadId: string | null) => {
    setActiveId(threadId)
    if (threadId) showWords(threadId)
  }, [])

  const active = threads.find((thread) => thread.id === activeId)
  const inSheet = items.find((item) => item.id === (draft?.itemId ?? active?.itemId ?? held))
  const shown = new Set(filterThreads(threads, filter))

  return {
    wide,
    filter,
    setFilter,
    activeId,
    draft,
    open,
    inSheet,
    begin,
    select,
    done: useCallback((one: Draft) => setDraft((now) => (now === one ? null : now)), []),
    close: useCallback(() => setOpen(null), []),
    openContents: () => setOpen('contents'),
    openThreads: () => openThreads(current),
    /** The threads of an item that the filter, or the reader's own choice, shows. */
    shownOf: (itemId: string) =>
      threads.filter((thread) => thread.itemId === itemId && (shown.has(thread) || thread.id === activeId)),
    onPress: (event: MouseEvent) => {
      const words =
        event.target instanceof Element ? event.target.closest<HTMLElement>('mark[data-threads]') : null
      const id = words?.dataset.threads?.split(' ').findLast((threadId) => threadId !== draftId)
      if (!id || !document.getSelection()?.isCollapsed) return
      setActiveId(id)
      if (wide === false) openThreads(current)
    },
  }
}
