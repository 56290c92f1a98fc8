'use client'

import Link from 'next/link'
import { useLocale, useTranslations } from 'next-intl'
import { type RefObject, useMemo, useRef, useState } from 'react'
import type { Reach } from '@/components/agenda/follow-meeting.ts'
import { useArrivals } from '@/components/agenda/reader-keys.ts'
import { useShortcutKey } from '@/components/agenda/use-shortcut-key.ts'
import { Padlock } from '@/components/ui/status-shape.tsx'
import {
  type AllComments as AllCommentsData,
  byItem,
  type CommentedItem,
  passes,
  type ThreadFilter,
  threadFilters,
  threadState,
} from '@/lib/comments/overview.ts'
import type { ThreadView } from '@/lib/comments/schema.ts'
import { formatDay } from '@/lib/i18n/dates.ts'
import styles from './all-comments.module.css'
import { AllCommentsExport } from './all-comments-export.tsx'
import { AllCommentsFilter } from './all-comments-filter.tsx'
import { useAllComments } from './all-comments-live.ts'
import { addressOf, type Narrowing } from './all-comments-narrowing.ts'
import { AllCommentsThread } from './all-comments-thread.tsx'
import { ThreadsChangedContext } from './changed.ts'
import { useReadings } from './use-readings.ts'

type AllCommentsProps = { first: AllCommentsData; userId: string; narrowing: Narrowing; now: string }

/** Every conversation on an agenda, by item and state, for those who answer them. */
export function AllComments({ first, userId, narrowing: wanted, now }: AllCommentsProps) {
  const t = useTranslations('comments.all')
  const locale = useLocale()
  const { meeting, body, takers } = first
  const { items, threads, refresh, reach } = useAllComments(first, now)
  const [time] = useState(() => new Date(now))
  const [narrowing, setNarrowing] = useState(wanted)
  // Who works with a conversation keeps it before their eyes, whatever becomes of its state, until they filter anew.
  const [kept, setKept] = useState<ReadonlySet<string>>(new Set())
  const list = useRef<HTMLDivElement>(null)
  useThreadKeys(list)
  useArrivals(threads)

  const ours = useMemo(() => new Set(takers.map((taker) => taker.userId)), [takers])
  const told = threads.map((thread) => ({ thread, itemId: thread.itemId, state: threadState(thread, ours) }))
  const isMine = ({ assignee }: ThreadView) => !narrowing.mine || assignee?.userId === userId
  const counts = countsOf(told.filter(({ thread }) => isMine(thread)))
  const shown = told.filter(
    ({ thread, state }) => kept.has(thread.id) || (passes(narrowing.filter, state) && isMine(thread)),
  )
  const keep = (threadId: string) => setKept((ids) => (ids.has(threadId) ? ids : new Set([...ids, threadId])))

  function narrow(next: Narrowing) {
    setNarrowing(next)
    setKept(new Set())
    window.history.replaceState(null, '', `${window.location.pathname}${addressOf(next)}`)
  }

  return (
    <main id="indhold" className={styles.page}>
      <p className={styles.kicker}>
        {body.name} · {formatDay(meeting.startsAt, locale)}
      </p>
      <h1>{t('title')}</h1>
      <p className={styles.lead}>
        <Link href={`/moeder/${meeting.id}`}>{t('back')}</Link>
      </p>
      <Notice reach={reach} />
      <AllCommentsFilter narrowing={narrowing} counts={counts} onChange={narrow} />
      <div ref={list} className={styles.list}>
        <ThreadsChangedContext value={() => refresh('threads')}>
          <Readings root={list} threads={shown.map(({ thread }) => thread)} meetingId={meeting.id} />
        </ThreadsChangedContext>
        {byItem(items, shown).map(({ item, threads: within }) => (
          <section key={item.id} className={styles.item} aria-labelledby={`h-${item.id}`}>
            <ItemHeading item={item} href={itemHref(meeting.id, item.id)} />
            <ul className={styles.threads}>
              {within.map(({ thread, state }) => (
                <li key={thread.id} className={styles.thread} tabIndex={-1} onFocus={() => keep(thread.id)}>
                  <ThreadsChangedContext
                    value={() => {
                      keep(thread.id)
                      refresh('threads')
                    }}
                  >
                    <AllCommentsThread
                      thread={thread}
                      state={state}
                      takers={takers}
                      now={time}
                      href={itemHref(meeting.id, item.id)}
                    />
                  </ThreadsChangedContext>
                </li>
              ))}
            </ul>
          </section>
        ))}
        {shown.length === 0 && <p className={styles.empty}>{t(`empty.${emptyKey(narrowing, threads)}`)}</p>}
      </div>
      {shown.length > 1 && <p className={styles.keys}>{t('keys')}</p>}
      {threads.length > 0 && <AllCommentsExport meetingId={meeting.id} />}
    </main>
  )
}

type ReadingsProps = { root: RefObject<HTMLElement | null>; threads: ThreadView[]; meetingId: string }

/** What is looked at here is read. */
function Readings({ root, ...rest }: ReadingsProps) {
  useReadings(root, rest)
  return null
}

function ItemHeading({ item, href }: { item: CommentedItem; href: string }) {
  const t = useTranslations('comments.all')
  return (
    <h2 id={`h-${item.id}`}>
      <a href={href}>
        <span className={styles.number}>{item.number}</span> {item.title || t('untitled')}
      </a>
      {item.isClosed && <Padlock label={t('closed')} />}
    </h2>
  )
}

function Notice({ reach }: { reach: Reach }) {
  const t = useTranslations('comments.all')
  return (
    <div role="status" className={styles.notice}>
      {reach === 'connecting' && <p>{t('offline')}</p>}
      {reach === 'refused' && <p>{t('refused')}</p>}
    </div>
  )
}

const itemHref = (meetingId: string, itemId: string) => `/moeder/${meetingId}#item-${itemId}`

function countsOf(told: { state: Parameters<typeof passes>[1] }[]): Record<ThreadFilter, number> {
  const count = (filter: ThreadFilter) => told.filter(({ state }) => passes(filter, state)).length
  const [unanswered, open, handled, resolved, all] = threadFilters
  return {
    unanswered: count(unanswered),
    open: count(open),
    handled: count(handled),
    resolved: count(resolved),
    all: count(all),
  }
}

function emptyKey({ filter, mine }: Narrowing, threads: ThreadView[]) {
  if (threads.length === 0) return 'all' as const
  return mine ? ('mine' as const) : filter
}

/** J and K bring the next and the previous conversation into view and the focus to it. */
function useThreadKeys(list: RefObject<HTMLElement | null>): void {
  function step(by: 1 | -1) {
    const all = [...(list.current?.querySelectorAll<HTMLElement>('li[tabindex]') ?? [])]
    const at = all.findIndex((one) => one.contains(document.activeElement))
    const next = all[at === -1 ? 0 : at + by]
    next?.focus()
    next?.scrollIntoView({ block: 'nearest' })
  }
  useShortcutKey('j', () => step(1))
  useShortcutKey('k', () => step(-1))
}
