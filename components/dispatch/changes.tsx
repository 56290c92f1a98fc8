'use client'

import { useTranslations } from 'next-intl'
import { lazy, Suspense, useState } from 'react'
import type { ItemChange } from '@/lib/dispatch/schema.ts'
import styles from './dispatch.module.css'

const SentDifference = lazy(async () => ({ default: (await import('./sent-difference.tsx')).SentDifference }))

/** What differs from what was sent last; what changed can be opened word by word. */
export function Changes({ changes }: { changes: ItemChange[] }) {
  return (
    <ul className={styles.changes}>
      {changes.map((change) => (
        <li key={change.itemId}>
          <Change change={change} />
        </li>
      ))}
    </ul>
  )
}

function Change({ change }: { change: ItemChange }) {
  const t = useTranslations('dispatch')
  const [open, setOpen] = useState(false)
  const line = (
    <>
      <span className={styles.number}>{change.number}</span> {change.title || t('untitled')}{' '}
      <span className={styles.mark}>{t(`change.${change.change}`)}</span>
    </>
  )
  if (change.change !== 'changed') return <p>{line}</p>
  return (
    <details onToggle={(event) => setOpen(event.currentTarget.open)}>
      <summary>{line}</summary>
      <Suspense>{open && <SentDifference itemId={change.itemId} />}</Suspense>
    </details>
  )
}
