'use client'

import { useTranslations } from 'next-intl'
import type { AgendaView } from '@/lib/agenda/schema.ts'
import type { ApprovalsView } from '@/lib/approval/schema.ts'
import { calendarDay } from '@/lib/i18n/dates.ts'
import { daysToDispatch } from '@/lib/meeting/rules.ts'
import { itemsOf } from './arrangement.ts'
import styles from './outline.module.css'

type ProgressProps = { agenda: AgendaView; approvals: ApprovalsView; now: Date }

/** "6 af 8 godkendt · udsendes om 3 hverdage". */
export function Progress({ agenda, approvals, now }: ProgressProps) {
  const t = useTranslations('agenda')
  const total = itemsOf(agenda).length
  const approved = approvals.items.filter((item) => item.status === 'approved').length
  const days = daysToDispatch(calendarDay(now), calendarDay(agenda.meeting.startsAt))
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
    </div>
  )
}
