'use client'

import { useTranslations } from 'next-intl'
import { useLayoutEffect, useRef } from 'react'
import { type Beginnings, Composer, type Draft } from '@/components/comments/composer.tsx'
import { Thread } from '@/components/comments/thread.tsx'
import { useReadings } from '@/components/comments/use-readings.ts'
import type { ThreadView } from '@/lib/comments/schema.ts'
import styles from './reader-margin.module.css'
import { draftId } from './reader-threads.ts'

type MarginProps = Beginnings & {
  meetingId: string
  /** Those of the item that are to be shown. */
  threads: ThreadView[]
  activeId: string | null
  draft: Draft | null
  now: Date
  onSelect: (threadId: string | null) => void
  onDone: (draft: Draft) => void
}

/** The conversations of one item in the margin, each level with its words where there is room. */
export function ReaderMargin(props: MarginProps) {
  const { meetingId, threads, scopes, mayAsk, activeId, draft, now, onSelect, onDone } = props
  const t = useTranslations('comments')
  const root = useRef<HTMLElement>(null)
  useReadings(root, { threads, meetingId })

  useLayoutEffect(() => {
    const aside = root.current
    const article = aside?.parentElement
    if (!aside || !article) return
    const observer = new ResizeObserver(() => level(aside, article))
    for (const element of [article, ...aside.children]) observer.observe(element)
    level(aside, article)
    return () => observer.disconnect()
  })

  if (threads.length === 0 && !draft) return null
  return (
    <aside ref={root} className={styles.margin} aria-label={t('title')}>
      {draft && (
        <div data-at={draftId}>
          <Composer
            key={JSON.stringify(draft)}
            draft={draft}
            scopes={scopes}
            mayAsk={mayAsk}
            onStarted={(threadId, started) => {
              onDone(started)
              onSelect(threadId)
            }}
            onCancel={() => onDone(draft)}
          />
        </div>
      )}
      {threads.map((thread) => (
        <div key={thread.id} data-at={thread.id}>
          <Thread
            thread={thread}
            active={thread.id === activeId}
            now={now}
            onSelect={() => onSelect(thread.id)}
          />
        </div>
      ))}
    </aside>
  )
}

/** Puts each conversation beside its words, pushed down by those before it; what has no words comes first. */
function level(aside: HTMLElement, article: HTMLElement): void {
  const base = aside.getBoundingClientRect().top
  const cards = [...aside.children].flatMap((card) => {
    if (!(card instanceof HTMLElement)) return []
    const id = card.dataset.at
    if (id === undefined) return [{ card, top: Number.POSITIVE_INFINITY }]
    const words = article.querySelector(`mark[data-threads~="${CSS.escape(id)}"]`)
    return [{ card, top: words ? words.getBoundingClientRect().top - base - 12 : 0 }]
  })
  let free = 0
  for (const { card, top } of cards.toSorted((one, other) => one.top - other.top)) {
    const at = Number.isFinite(top) ? Math.max(top, free) : free
    card.style.top = `${at}px`
    free = at + card.offsetHeight + 8
  }
  aside.style.minHeight = `${free}px`
  aside.dataset.leveled = ''
}
