'use client'

import { useTranslations } from 'next-intl'
import { useState } from 'react'
import { Button } from '@/components/ui/button.tsx'
import { useAnnounce } from '@/components/ui/live-region.tsx'
import { approveRead } from '@/lib/approval/actions.ts'
import type { ItemApprovals, ReviewItem } from '@/lib/approval/schema.ts'
import { FailureLine } from './failure-line.tsx'
import styles from './review.module.css'
import type { Failure } from './use-verdict.ts'

type ApproveReadProps = {
  /** Items that wait for the reader and whose present words have been before their eyes. */
  items: ReviewItem[]
  off: boolean
  onPut: (approvals: ItemApprovals) => void
  refresh: () => void
}

/** Approves at once what has been read and waits, and nothing else: an item that was never opened is not offered. */
export function ApproveRead({ items, off, onPut, refresh }: ApproveReadProps) {
  const t = useTranslations('approval')
  const announce = useAnnounce()
  const [isPending, setIsPending] = useState(false)
  const [failure, setFailure] = useState<Failure | null>(null)

  async function approveAll() {
    setIsPending(true)
    setFailure(null)
    try {
      const wishes = items.map(({ id, current }) => ({ itemId: id, seenHash: current.contentHash }))
      const answer = await approveRead({ wishes })
      if (answer.ok) {
        const done = answer.value.flatMap(({ decision }) =>
          decision.outcome === 'done' ? [decision.approvals] : [],
        )
        for (const approvals of done) onPut(approvals)
        announce(t('read.done', { count: done.length, left: answer.value.length - done.length }))
      } else setFailure(answer.code)
    } catch {
      // The call threw, so its answer is lost; some of it may have been kept all the same.
      setFailure('unknown')
    }
    setIsPending(false)
    refresh()
  }

  return (
    <>
      <FailureLine failure={failure} />
      {items.length > 0 && (
        <Button
          look="go"
          className={styles.act}
          disabled={off || isPending}
          onClick={() => void approveAll()}
        >
          {isPending ? t('approve.pending') : t('read.approve', { count: items.length })}
        </Button>
      )}
    </>
  )
}
