'use client'

import { useTranslations } from 'next-intl'
import { useEffect, useRef, useState } from 'react'
import { draftOf } from '@/components/agenda/reader-selection.ts'
import { useAnnounce } from '@/components/ui/live-region.tsx'
import { differenceOf, type ExactWords } from '@/lib/agenda/diff.ts'
import { waitsFor } from '@/lib/approval/rules.ts'
import type { CurrentWords, ReviewItem, ReviewView } from '@/lib/approval/schema.ts'
import type { TextSelection } from '@/lib/comments/schema.ts'
import { LastActLine } from './last-act-line.tsx'
import { pointInDifference } from './point-in-difference.ts'
import { ReturnDialog } from './return-dialog.tsx'
import styles from './review.module.css'
import { ReviewActs } from './review-acts.tsx'
import type { LastAct } from './review-deck.tsx'
import { ReviewItemText } from './review-item-text.tsx'
import { useKeys } from './use-keys.ts'
import type { Trouble } from './use-review.ts'
import { useVerdict } from './use-verdict.ts'

export type ReviewShared = {
  view: ReviewView
  last: LastAct | null
  trouble: Trouble
  now: string
  onDone: Parameters<typeof useVerdict>[0]['onDone']
  refresh: () => void
}

type PaneProps = ReviewShared & {
  item: ReviewItem
  letters: boolean
  onNext: () => void
  /** Says which words of the item have been on the screen. */
  onRead: (itemId: string, contentHash: string) => void
}

/** What is on the screen: the words, and those one read before them when they changed under one's eyes. */
type Screen = { words: CurrentWords; before: ExactWords | null }

/**
 * One item with its actions. The words on the screen stay what they were when they came there: when someone changes
 * them meanwhile, the page says so and shows the change when asked, and until then nothing can be approved. So a tap
 * never approves words that the eye has not had.
 */
export function ReviewPane({ item, view, last, trouble, now, letters, onRead, ...props }: PaneProps) {
  const { onDone, refresh, onNext } = props
  const t = useTranslations('approval')
  const announce = useAnnounce()
  const [screen, setScreen] = useState<Screen>({ words: item.current, before: null })
  const [newest, setNewest] = useState(item.current)
  const [returning, setReturning] = useState(false)
  const [pointed, setPointed] = useState<TextSelection | null>(null)
  const title = useRef<HTMLHeadingElement>(null)

  useEffect(() => setNewest(item.current), [item.current])
  useEffect(() => onRead(item.id, screen.words.contentHash), [onRead, item.id, screen.words.contentHash])
  const moved = newest.contentHash !== screen.words.contentHash
  const acts = actsFor(item, view)
  useEffect(() => {
    // The words one approved are back: there is nothing to decide, so the page may follow by itself.
    if (moved && acts === 'decided') setScreen({ words: newest, before: null })
  }, [moved, acts, newest])
  useEffect(() => {
    if (moved) announce(t('moved.text'))
  }, [moved, announce, t])

  function catchUp(current: CurrentWords) {
    setNewest(current)
    setScreen({ words: current, before: screen.words })
    setReturning(false)
    window.scrollTo({ top: 0 })
    title.current?.focus()
  }

  const verdict = useVerdict({
    itemId: item.approvals.itemId,
    onDone,
    onStale(current) {
      announce(t('moved.refused'))
      catchUp(current)
    },
    onDoubt: refresh,
  })

  const shown = comparison(item, screen)
  const seenHash = screen.words.contentHash
  const able = acts === 'decide' && !moved && !trouble && !verdict.pending
  const approve = () => void verdict.approve(seenHash)
  const giveBack = () => {
    verdict.clear()
    const selected = document.getSelection()
    setPointed(draftOf(selected)?.selection ?? pointInDifference(selected, screen.words.content))
    setReturning(true)
  }
  useKeys(
    letters && able
      ? [
          ['g', approve],
          ['r', giveBack],
        ]
      : [],
  )

  return (
    <>
      <main id="indhold" className={styles.main} tabIndex={-1}>
        <ReviewItemText
          item={item}
          view={view}
          words={screen.words}
          shown={shown}
          now={now}
          titleRef={title}
        />
      </main>
      <footer className={styles.foot}>
        {last && last.itemId !== item.approvals.itemId && (
          <LastActLine last={last} onDone={onDone} refresh={refresh} />
        )}
        <ReviewActs
          kind={acts}
          item={item}
          me={view.me}
          moved={moved}
          now={now}
          off={trouble !== null}
          verdict={verdict}
          onApprove={approve}
          onReturn={giveBack}
          onCatchUp={() => catchUp(newest)}
          onNext={onNext}
        />
      </footer>
      <ReturnDialog
        open={returning}
        number={item.number}
        quote={pointed?.quote ?? null}
        failure={verdict.failure}
        pending={verdict.pending}
        onClose={() => setReturning(false)}
        onReturn={(reason) => verdict.giveBack(seenHash, reason, pointed)}
      />
    </>
  )
}

function comparison(item: ReviewItem, { words, before }: Screen) {
  const { since } = item
  // What one had read and what one had approved are most often the same; then the approval is what to name.
  if (before && !(since && differenceOf(since.words, before).same)) {
    return { difference: differenceOf(before, words), basis: { kind: 'read', at: null } as const }
  }
  if (!since) return null
  const difference = differenceOf(since.words, words)
  return difference.same ? null : { difference, basis: { kind: 'approved', at: since.at } as const }
}

/** What the foot of the page offers: to decide, to take one's own word back, or nothing after dispatch. */
export type ActsKind = 'decide' | 'decided' | 'closed'

function actsFor(item: ReviewItem, view: ReviewView): ActsKind {
  const { isOpen, approvals } = item.approvals
  if (!isOpen) return 'closed'
  const own = approvals.find(({ userId }) => userId === view.me.userId)
  // Who has said yes for themselves may be asked again, for the chair.
  return own?.stands && !waitsFor(view.me, item.approvals) ? 'decided' : 'decide'
}
