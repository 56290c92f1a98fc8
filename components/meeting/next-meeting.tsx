import Link from 'next/link'
import { useLocale, useTranslations } from 'next-intl'
import type { ReactNode } from 'react'
import { buttonClass } from '@/components/ui/button.tsx'
import { formatClock, formatDaysAway, formatWeekday } from '@/lib/i18n/dates.ts'
import type { Deadlines } from '@/lib/meeting/deadlines.ts'
import type { MeetingLine } from '@/lib/meeting/schema.ts'
import styles from './home.module.css'
import { openLabel, openPath } from './open-path.ts'

type NextMeetingProps = {
  meeting: MeetingLine
  bodyName: string
  now: Date
  deadlines: Deadlines | null
  /** What still stands in the way of sending its agenda out. */
  blockers: ReactNode
}

/** The meeting that is nearest, with its countdown. */
export function NextMeeting({ meeting, bodyName, now, deadlines, blockers }: NextMeetingProps) {
  const t = useTranslations('meeting.home')
  const locale = useLocale()
  const days = deadlines?.agenda.days
  const time =
    locale === 'da' ? `kl. ${formatClock(meeting.startsAt, locale)}` : formatClock(meeting.startsAt, locale)
  return (
    <section className={styles.next} aria-labelledby="next">
      <p id="next" className={styles.kicker}>
        {t('next')} · {formatDaysAway(meeting.startsAt, now, locale)}
      </p>
      <h2 className={styles.name}>{bodyName}</h2>
      <p className={styles.when}>
        {formatWeekday(meeting.startsAt, locale)} {time}, {meeting.place}
      </p>
      <p className={styles.facts}>
        {t('items', { count: meeting.items })}
        {meeting.state === 'preparing' && days !== undefined && (
          <> · {days < 0 ? t('late', { days: -days }) : t('dispatch', { days })}</>
        )}
      </p>
      {blockers}
      <Link href={openPath(meeting)} className={buttonClass('go', styles.open)}>
        {t(openLabel(meeting))}
      </Link>
      {meeting.open !== 'read' && (
        <Link href={`/moeder/${meeting.id}/plan`} className={styles.plan}>
          {t('planOf')}
        </Link>
      )}
    </section>
  )
}
