'use client'

import { useTranslations } from 'next-intl'
import { useState } from 'react'
import { Button } from '@/components/ui/button.tsx'
import type { ItemView } from '@/lib/agenda/schema.ts'
import type { Reach } from './follow-meeting.ts'
import styles from './reader.module.css'
import { nameOf } from './reader-contents.tsx'
import { scrollToItem } from './use-current-item.ts'

/** Says when the page is not kept up to date, and what to do. */
export function Notice({ reach }: { reach: Reach }) {
  const t = useTranslations('comments.reader')
  if (reach === 'connected') return null
  return (
    <p className={styles.notice} role="status">
      {t(reach === 'refused' ? 'refused' : 'offline')}
    </p>
  )
}

/** The way back to where one stopped reading last time. */
export function Resume({ leftAt, items }: { leftAt: string | null; items: ItemView[] }) {
  const t = useTranslations('comments.reader')
  const [dismissed, setDismissed] = useState(false)
  const item = items.find((candidate, at) => candidate.id === leftAt && at > 0)
  if (!item || dismissed) return null
  return (
    <div className={styles.resume}>
      <span>{t('resumeHint', { number: item.number, title: nameOf(item, t) })}</span>
      <Button
        onClick={() => {
          setDismissed(true)
          scrollToItem(item.id)
        }}
      >
        {t('resume', { number: item.number })}
      </Button>
      <Button look="quiet" onClick={() => setDismissed(true)}>
        {t('dismiss')}
      </Button>
    </div>
  )
}
