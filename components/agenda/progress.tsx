'use client'

import { useTranslations } from 'next-intl'
import { lazy, Suspense } from 'react'
import type { AgendaView } from '@/lib/agenda/schema.ts'
import type { ReadinessView } from '@/lib/dispatch/schema.ts'
import styles from './outline.module.css'

const Blockers = lazy(async () => ({
  default: (await import('@/components/dispatch/blockers.tsx')).Blockers,
}))

type ProgressProps = {
  agenda: AgendaView
  readiness: ReadinessView
  now: Date
  onGo: (itemId: string) => void
}

/** "6 af 8 godkendt · udsendes om 3 hverdage", and what is not ready. */
export function Progress({ agenda, readiness, now, onGo }: ProgressProps) {
  const t = useTranslations('agenda')
  const { approved, total, deadlines } = readiness
  const { days } = deadlines.agenda
  const over = new Date(agenda.meeting.startsAt) < now
  return (
    <div className={styles.progress}>
      <div className={styles.track} aria-hidden="true">
        <div className={styles.done} style={{ width: total ? `${(100 * approved) / total}%` : 0 }} />
      </div>
      {t('progress.approved', { approved, total })}
      {agenda.meeting.state === 'preparing' && !over && (
        <span data-late={days < 0 || undefined}>
          {' · '}
          {days < 0 ? t('progress.late', { days: -days }) : t('progress.dispatch', { days })}
        </span>
      )}
      <Suspense>{readiness.next && <Blockers readiness={readiness} onGo={onGo} />}</Suspense>
    </div>
  )
}
