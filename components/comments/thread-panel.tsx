'use client'

import { useTranslations } from 'next-intl'
import { useEffect, useRef, useState } from 'react'
import { Button } from '@/components/ui/button.tsx'
import type { Scope, ThreadView } from '@/lib/comments/schema.ts'
import styles from './comments.module.css'
import { Composer, type Draft } from './composer.tsx'
import { Thread } from './thread.tsx'

export type ThreadPanelProps = {
  /** The threads of the item in view. */
  threads: ThreadView[]
  scopes: Scope[]
  /** The item in view; null while there is none. */
  item: { id: string; mayComment: boolean } | null
  activeId: string | null
  /** Called with the thread whose words should come into view, or null. */
  onSelect: (threadId: string | null) => void
  /** A thread about to be started, held by the page so that its words can stay painted. */
  draft: Draft | null
  onDraft: (draft: Draft | null) => void
}

/** The conversations about one item, beside its text. */
export function ThreadPanel(props: ThreadPanelProps) {
  const { threads, scopes, item, activeId, onSelect, draft, onDraft } = props
  const t = useTranslations('comments')
  const [shown, setShown] = useState<'open' | 'resolved'>('open')
  const [now] = useState(() => new Date())
  const list = useRef<HTMLDivElement>(null)
  const open = threads.filter((thread) => thread.resolvedAt === null)
  const resolved = threads.filter((thread) => thread.resolvedAt !== null)

  const active = threads.find((thread) => thread.id === activeId)
  const activeSide = active && (active.resolvedAt === null ? 'open' : 'resolved')
  useEffect(() => {
    if (!activeId || !activeSide) return
    setShown(activeSide)
    list.current
      ?.querySelector(`[data-thread="${CSS.escape(activeId)}"]`)
      ?.scrollIntoView({ block: 'nearest' })
  }, [activeId, activeSide])

  if (!item) return <p className={styles.empty}>{t('chooseItem')}</p>
  const listed = shown === 'open' ? open : resolved
  return (
    <div className={styles.panel} ref={list}>
      <div className={styles.bar}>
        <fieldset className={styles.filter}>
          <legend className="sr-only">{t('filter')}</legend>
          <button type="button" aria-pressed={shown === 'open'} onClick={() => setShown('open')}>
            {t('filterOpen', { count: open.length })}
          </button>
          <button type="button" aria-pressed={shown === 'resolved'} onClick={() => setShown('resolved')}>
            {t('filterResolved', { count: resolved.length })}
          </button>
        </fieldset>
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
          onStarted={(threadId) => {
            onDraft(null)
            onSelect(threadId)
          }}
          onCancel={() => onDraft(null)}
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
      {listed.length === 0 && !draft && <p className={styles.empty}>{t(emptyKey(shown, item.mayComment))}</p>}
    </div>
  )
}

function emptyKey(shown: 'open' | 'resolved', mayComment: boolean) {
  if (shown === 'resolved') return 'emptyResolved' as const
  return mayComment ? ('emptyOpen' as const) : ('emptyOpenReadOnly' as const)
}
