'use client'

import Link from 'next/link'
import { useTranslations } from 'next-intl'
import { useEffect, useState } from 'react'
import { Button, buttonClass } from '@/components/ui/button.tsx'
import { StatusChip } from '@/components/ui/status-shape.tsx'
import type { ItemView } from '@/lib/agenda/schema.ts'
import { type ApprovalRule, canBeSubmitted } from '@/lib/approval/rules.ts'
import type { ItemApprovals } from '@/lib/approval/schema.ts'
import { Chairmanship } from './chairmanship.tsx'
import styles from './panel.module.css'
import { SinceApprovedView } from './since-approved.tsx'
import { useWhen } from './when.ts'

type ApprovalPanelProps = {
  item: ItemView
  approvals: ItemApprovals | null
  /** Sends the item to review; answers when it is done. Given only where the reader may. */
  onSubmit?: ((itemId: string) => unknown) | undefined
  meetingId?: string
  rule?: ApprovalRule
  standInUntil?: string | null
}

/** Where one item stands: its status, who said what and when, what is missing, and what changed since. */
export function ApprovalPanel({ item, approvals, onSubmit, meetingId, ...chairmanship }: ApprovalPanelProps) {
  const t = useTranslations('approval')
  const now = useNow()
  if (!approvals || !now) return null
  const { status } = approvals
  return (
    <div className={styles.panel}>
      <h2 className={styles.head}>
        <span className={styles.number}>{item.number}</span> {item.title || t('untitled')}
      </h2>
      <p>
        <StatusChip status={status}>{t(`status.${status}`)}</StatusChip>
      </p>
      <Explanation approvals={approvals} now={now} />
      {status !== 'draft' && <Chairmanship approvals={approvals} {...chairmanship} now={now} />}
      {status === 'lapsed' && <SinceApprovedView item={item} now={now} />}
      {item.may.submit && onSubmit && canBeSubmitted(status) && (
        <SubmitButton
          key={`${item.id} ${status}`}
          again={status === 'returned'}
          onSubmit={() => onSubmit(item.id)}
        />
      )}
      {item.may.approve && meetingId && (
        <Link className={buttonClass('go')} href={`/moeder/${meetingId}/godkend?punkt=${item.number}`}>
          {t('panel.openReview')}
        </Link>
      )}
    </div>
  )
}

function Explanation({ approvals, now }: { approvals: ItemApprovals; now: string }) {
  const t = useTranslations('approval')
  const when = useWhen(now)
  const { status, lapsedAt } = approvals
  if (status === 'lapsed' && lapsedAt)
    return <p className={styles.text}>{t('panel.lapsed', { when: when(lapsedAt) })}</p>
  return <p className={styles.text}>{t(`panel.${status}`)}</p>
}

function SubmitButton({ again, onSubmit }: { again: boolean; onSubmit: () => unknown }) {
  const t = useTranslations('approval')
  const [pending, setPending] = useState(false)
  async function send() {
    setPending(true)
    await onSubmit()
    setPending(false)
  }
  return (
    <Button look="go" disabled={pending} aria-busy={pending} onClick={() => void send()}>
      {t(again ? 'panel.submitAgain' : 'panel.submit')}
    </Button>
  )
}

/** The browser's clock, from when the page is alive: the server's words would not match a minute later. */
function useNow(): string | null {
  const [now, setNow] = useState<string | null>(null)
  useEffect(() => {
    const tick = () => setNow(new Date().toISOString())
    tick()
    const timer = setInterval(tick, 60_000)
    return () => clearInterval(timer)
  }, [])
  return now
}
