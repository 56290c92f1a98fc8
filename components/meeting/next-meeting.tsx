import Link from 'next/link'
import { useLocale, useTranslations } from 'next-intl'
import { buttonClass } from '@/components/ui/button.tsx'
import { calendarDay, formatClock, formatDaysAway, formatWeekday } from '@/lib/i18n/dates.ts'
import { daysToDispatch } from '@/lib/meeting/rules.ts'
import type { MeetingLine } from '@/lib/meeting/schema.ts'
import styles from './home.module.css'
import { openLabel, openPath } from './open-path.ts'

type NextMeetingProps = { meeting: MeetingLine; bodyName: string; now: Date }

/** The meeting that is nearest, with its countdown. */
export function NextMeeting({ meeting, bodyName, now }: NextMeetingProps) {
  const t = useTranslations('meeting.home')
  const locale = useLocale()
  const days = daysToDispatch(calendarDay(now), calendarDay(meeting.startsAt))
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
        {meeting.state === 'preparing' && (
          <> · {days < 0 ? t('late', { days: -days }) : t('dispatch', { days })}</>
        )}
      </p>
      <Link href={openPath(meeting)} className={buttonClass('go', styles.open)}>
        {t(openLabel(meeting))}
      </Link>
    </section>
  )
}
