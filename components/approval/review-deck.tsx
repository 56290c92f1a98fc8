'use client'

import Link from 'next/link'
import { useFormatter, useTranslations } from 'next-intl'
import { useCallback, useEffect, useState } from 'react'
import { Button } from '@/components/ui/button.tsx'
import { Icon } from '@/components/ui/icon.tsx'
import { useAnnounce } from '@/components/ui/live-region.tsx'
import { useSwipe } from '@/components/ui/use-swipe.ts'
import { waitsFor } from '@/lib/approval/rules.ts'
import type { ItemApprovals, ReviewItem, ReviewView } from '@/lib/approval/schema.ts'
import { timeZone } from '@/lib/i18n/dates.ts'
import { KeysDialog } from './keys-dialog.tsx'
import styles from './review.module.css'
import { ReviewEmpty, ReviewEnd } from './review-end.tsx'
import { ReviewList } from './review-list.tsx'
import { ReviewPane } from './review-pane.tsx'
import { useKeys, useLetterKeys } from './use-keys.ts'
import { end, usePlace } from './use-place.ts'
import { useReview } from './use-review.ts'

/** The last act on this page, so that it can be told and taken back. */
export type LastAct = { itemId: string; number: string; act: 'approved' | 'returned' | 'withdrawn' }

/** The chairmanship's page: the items in review, one at a time. `now` is the server's clock, ISO 8601. */
export function ReviewDeck({ initial, now }: { initial: ReviewView; now: string }) {
  const { view, trouble, refresh, put } = useReview(initial, now)
  const [place, go] = usePlace(firstPlace(initial))
  const [last, setLast] = useState<LastAct | null>(null)
  const [read, onRead] = useRead()
  const [help, setHelp] = useState(false)
  const [letters, turnLetters] = useLetterKeys()
  const t = useTranslations('approval')
  const announce = useAnnounce()
  const at = placeIn(view, place)
  const item = view.items[at]

  function step(by: 1 | -1) {
    const next = Math.min(Math.max(at + by, 0), view.items.length)
    if (next !== at) go(view.items[next]?.number ?? end)
  }
  function onDone(approvals: ItemApprovals, act: LastAct['act']) {
    put(approvals)
    refresh()
    const done = view.items.find(({ approvals: { itemId } }) => itemId === approvals.itemId)
    if (!done) return
    setLast({ itemId: approvals.itemId, number: done.number, act })
    announce(t(`done.${act}`, { number: done.number }))
    if (act === 'withdrawn') go(done.number)
    else go(nextWaiting(view, done)?.number ?? end)
  }

  const onward = () => step(1)
  const back = () => step(-1)
  useKeys([
    ['ArrowRight', onward],
    ['ArrowLeft', back],
    ['?', () => setHelp(true)],
    ...(letters
      ? ([
          ['j', onward],
          ['k', back],
        ] as const)
      : []),
  ])
  const swipe = useSwipe(step)
  const moment = useNow(now)

  if (view.items.length === 0) return <ReviewEmpty view={view} />
  const shared = { view, last, trouble, now: moment, onDone, refresh }
  return (
    <div className={styles.desk}>
      <ReviewList view={view} place={item?.number ?? end} onGo={go} />
      <div className={styles.column} {...swipe}>
        <Head view={view} at={at} onStep={step} onHelp={() => setHelp(true)} />
        {trouble && <p className={styles.trouble}>{t(`trouble.${trouble}`)}</p>}
        {item ? (
          <ReviewPane
            key={item.approvals.itemId}
            item={item}
            letters={letters}
            onNext={() => step(1)}
            onRead={onRead}
            {...shared}
          />
        ) : (
          <ReviewEnd onGo={go} read={read} onPut={put} {...shared} />
        )}
      </div>
      <KeysDialog open={help} onClose={() => setHelp(false)} letters={letters} onTurn={turnLetters} />
    </div>
  )
}

function Head({
  view,
  at,
  onStep,
  onHelp,
}: {
  view: ReviewView
  at: number
  onStep: (by: 1 | -1) => void
  onHelp: () => void
}) {
  const t = useTranslations('approval')
  const format = useFormatter()
  const day = format.dateTime(new Date(view.meeting.startsAt), { day: 'numeric', month: 'long', timeZone })
  const total = view.items.length
  const passed = Math.min(at + 1, total)
  return (
    <header className={`stays ${styles.head}`}>
      <div className={styles.headRow}>
        <Link href={`/moeder/${view.meeting.id}`} className={styles.where}>
          {t('head.where', { body: view.body.name, day })}
        </Link>
        <Button look="icon" className={styles.help} aria-label={t('keys.title')} onClick={onHelp}>
          <Icon name="keys" />
        </Button>
        <Button look="icon" aria-label={t('head.before')} disabled={at === 0} onClick={() => onStep(-1)}>
          <span className={styles.before}>
            <Icon name="down" />
          </span>
        </Button>
        <span className={styles.count}>
          {at < total ? t('head.count', { at: at + 1, total }) : t('head.end')}
        </span>
        <Button look="icon" aria-label={t('head.after')} disabled={at === total} onClick={() => onStep(1)}>
          <span className={styles.after}>
            <Icon name="down" />
          </span>
        </Button>
      </div>
      <div className={styles.bar} aria-hidden="true">
        <i style={{ width: `${(100 * passed) / total}%` }} />
      </div>
    </header>
  )
}

/** Where the deck opens: at the first item that waits, or at the end when none does. */
function firstPlace(view: ReviewView): string {
  return view.items.find((item) => waitsFor(view.me, item.approvals))?.number ?? end
}

function placeIn(view: ReviewView, place: string): number {
  const at = view.items.findIndex(({ number }) => number === place)
  if (at >= 0) return at
  return place === end ? view.items.length : 0
}

/** The next item after this one that waits, from the beginning again when there is none further on. */
function nextWaiting(view: ReviewView, from: ReviewItem): ReviewItem | undefined {
  const at = view.items.indexOf(from)
  const others = [...view.items.slice(at + 1), ...view.items.slice(0, at)]
  return others.find((item) => waitsFor(view.me, item.approvals))
}

/** The words that have been on the screen of this page, as the content hash of each item's. */
function useRead() {
  const [read, setRead] = useState<ReadonlyMap<string, string>>(new Map())
  const onRead = useCallback((itemId: string, contentHash: string) => {
    setRead((before) => new Map(before).set(itemId, contentHash))
  }, [])
  return [read, onRead] as const
}

function useNow(first: string): string {
  const [now, setNow] = useState(first)
  useEffect(() => {
    const timer = setInterval(() => setNow(new Date().toISOString()), 60_000)
    return () => clearInterval(timer)
  }, [])
  return now
}
