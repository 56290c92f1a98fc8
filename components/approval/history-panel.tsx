'use client'

import { useTranslations } from 'next-intl'
import { useEffect, useState } from 'react'
import { Button } from '@/components/ui/button.tsx'
import { Skeleton } from '@/components/ui/skeleton.tsx'
import type { HistoryEntry } from '@/lib/approval/schema.ts'
import styles from './panel.module.css'
import { useFetched } from './use-fetched.ts'
import { useWhen } from './when.ts'

type HistoryPanelProps = {
  itemId: string
  /** Anything that changes when the history may have: it is fetched again. */
  version?: string
}

/** Every act on one item, the newest first. */
export function HistoryPanel({ itemId, version = '' }: HistoryPanelProps) {
  const t = useTranslations('approval')
  const [fetched, again] = useFetched<HistoryEntry[]>(`/api/items/${itemId}/history`, version)
  const [now, setNow] = useState('')
  useEffect(() => setNow(new Date().toISOString()), [])
  if (fetched.state === 'loading' || !now) {
    return (
      <div className={styles.panel}>
        <Skeleton lines={4} label={t('panel.loading')} />
      </div>
    )
  }
  if (fetched.state === 'failed') {
    return (
      <p className={`${styles.panel} ${styles.text}`}>
        {t('panel.failed')}{' '}
        <Button look="quiet" onClick={again}>
          {t('panel.again')}
        </Button>
      </p>
    )
  }
  if (fetched.value.length === 0)
    return <p className={`${styles.panel} ${styles.text}`}>{t('history.empty')}</p>
  return (
    <ol className={`${styles.panel} ${styles.history}`}>
      {fetched.value.map((entry) => (
        <Entry key={entry.id} entry={entry} now={now} />
      ))}
    </ol>
  )
}

function Entry({ entry, now }: { entry: HistoryEntry; now: string }) {
  const t = useTranslations('approval')
  const when = useWhen(now)
  return (
    <li>
      <b>{t(`history.${entry.kind}`)}</b>
      <span className={styles.text}>{t('history.by', { name: entry.name, when: when(entry.at) })}</span>
      {entry.reason && <q>{entry.reason}</q>}
    </li>
  )
}
