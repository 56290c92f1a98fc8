'use client'

import { useLocale, useTranslations } from 'next-intl'
import { formatMoment } from '@/lib/i18n/dates.ts'
import styles from './offline.module.css'
import type { KeptNote } from './use-offline.ts'

/** Says honestly what is being read: a copy, from when, and what is not in it. */
export function KeptLine({ kept, now }: { kept: KeptNote; now: Date }) {
  const t = useTranslations('offline')
  const locale = useLocale()
  return (
    <p className={styles.reading} role="status">
      {t('reading', { when: formatMoment(kept.fetchedAt, now, locale) })}{' '}
      {kept.leavesOutClosed && t('closedLeftOut')}
    </p>
  )
}
