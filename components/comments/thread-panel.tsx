'use client'

import { useTranslations } from 'next-intl'
import { useEffect, useRef, useState } from 'react'
import { Button } from '@/components/ui/button.tsx'
import type { ThreadView } from '@/lib/comments/schema.ts'
import styles from './comments.module.css'
import { type Beginnings, Composer, type Draft } from './composer.tsx'
import { FilterBar } from './filter-bar.tsx'
import { Thread } from './thread.tsx'
import { filterThreads, isNarrowed, noFilter, type ThreadFilter } from './thread-filter.ts'
import { useReadings } from './use-readings.ts'

export type ThreadPanelProps = Beginnings & {
  meetingId: string
  /** The threads of the item in view. */
  threads: ThreadView[]
  filter: ThreadFilter
  onFilter: (filter: ThreadFilter) => void
  /** The item in view; null while there is none. */
  item: { id: string; mayComment: boolean } | null
  activeId: string | null
  /** Called with the thread whose words should come into view, or null. */
  onSelect: (threadId: string | null) => void
  /** A thread about to be started, held by the page so that its words can stay painted. */
  draft: Draft | null
  onDraft: (draft: Draft) => void
  /** Called with a draft that was sent or left. */
  onDone: (draft: Draft) => void
}

/** The conversations about one item, beside its text. */
export function ThreadPanel(props: ThreadPanelProps) {
  const {
    meetingId,
    threads,
    filter,
    onFilter,
    scopes,
    mayAsk,
    item,
    activeId,
    onSelect,
    draft,
    onDraft,
    onDone,
  } = props
  const t = useTranslations('comments')
  const [now] = useState(() => new Date())
  const list = useRef<HTMLDivElement>(null)
  const listed = filterThreads(threads, filter)
  useReadings(list, { threads: listed, meetingId })

  const active = threads.find((thread) => thread.id === activeId)
  const activeSide = active && (active.resolvedAt === null ? 'open' : 'resolved')
  const latest = useRef({ filter, onFilter })
  useEffect(() => {
    latest.current = { filter, onFilter }
  })
  useEffect(() => {
    if (!activeId || !activeSide) return
    // What is pointed at is shown, whatever was filtered for.
    if (latest.current.filter.state !== activeSide || isNarrowed(latest.current.filter))
      latest.current.onFilter({ ...noFilter, state: activeSide })
    list.current
      ?.querySelector(`[data-thread="${CSS.escape(activeId)}"]`)
      ?.scrollIntoView({ block: 'nearest' })
  }, [activeId, activeSide])

  if (!item) return <p className={styles.empty}>{t('chooseItem')}</p>
  return (
    <div className={styles.panel} ref={list}>
      <div className={styles.bar}>
        <FilterBar threads={threads} filter={filter} onFilter={onFilter} />
        {item.mayComment && !draft && (
          <Button look="quiet" onClick={() => onDraft({ itemId: item.id, selection: null })}>
            {t('startOnItem')}
          </Button>
        )}
      </div>
      {draft && (
        <Composer
          key={`${draft.itemId} ${draft.selection?.field} ${draft.selection?.from} ${draft.selection?.to}`}
          draft={draft}
          scopes={scopes}
          mayAsk={mayAsk}
          onStarted={(threadId, started) => {
            onDone(started)
            onSelect(threadId)
          }}
          onCancel={() => onDone(draft)}
        />
      )}
      {listed.map((thread) => (
        <Thread
          key={thread.id}
          thread={thread}
          active={thread.id === activeId}
          now={now}
          onSelect={() => onSelect(thread.id)}
        />
      ))}
      {listed.length === 0 && !draft && (
        <p className={styles.empty}>{t(emptyKey(filter, item.mayComment))}</p>
      )}
    </div>
  )
}

function emptyKey(filter: ThreadFilter, mayComment: boolean) {
  if (isNarrowed(filter)) return 'emptyFiltered' as const
  if (filter.state === 'resolved') return 'emptyResolved' as const
  return mayComment ? ('emptyOpen' as const) : ('emptyOpenReadOnly' as const)
}
