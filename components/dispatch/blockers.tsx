'use client'

import { useTranslations } from 'next-intl'
import type { ReadinessView } from '@/lib/dispatch/schema.ts'
import styles from './dispatch.module.css'
import { Findings } from './findings.tsx'

type BlockersProps = {
  readiness: ReadinessView
  path?: string
  onGo?: (itemId: string) => void
}

/** How many items are not ready yet, and on opening which and why. */
export function Blockers({ readiness, path, onGo }: BlockersProps) {
  const t = useTranslations('dispatch')
  const { findings } = readiness
  if (!readiness.next) return null
  if (findings.length === 0) return <p className={styles.ready}>{t('allReady')}</p>
  const items = new Set(findings.map(({ itemId }) => itemId)).size
  return (
    <details className={styles.blockers}>
      <summary>{t('notReady', { count: items })}</summary>
      <Findings findings={findings} {...(path && { path })} {...(onGo && { onGo })} />
    </details>
  )
}
