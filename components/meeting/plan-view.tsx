import Link from 'next/link'
import { useLocale, useTranslations } from 'next-intl'
import { formatDay } from '@/lib/i18n/dates.ts'
import type { Departure } from '@/lib/meeting/departures.ts'
import type { MeetingPlan } from '@/lib/meeting/schema.ts'
import { Backlog } from './backlog.tsx'
import styles from './plan.module.css'

/** How an agenda departs from its template, and what it and the meeting before say of the next. */
export function PlanView({ plan }: { plan: MeetingPlan }) {
  const t = useTranslations('meeting.planView')
  const locale = useLocale()
  const { meeting, departures, fromPrevious, toNext, mayEditTemplate } = plan
  return (
    <main id="indhold" className={styles.page}>
      <p className={styles.kicker}>
        {meeting.bodyName} · {formatDay(meeting.startsAt, locale)}
      </p>
      <h1>{t('title')}</h1>
      <p className={styles.lead}>
        <Link href={`/moeder/${meeting.id}`}>{t('back')}</Link>
      </p>
      {fromPrevious && <Backlog backlog={fromPrevious} here={meeting.id} />}
      <Backlog backlog={toNext} here={meeting.id} />
      <section className={styles.block} aria-labelledby="departures">
        <h2 id="departures">{t('departures')}</h2>
        {departures.length === 0 ? (
          <p className={styles.note}>{t('none')}</p>
        ) : (
          <ul className={styles.list}>
            {departures.map((departure) => (
              <li key={JSON.stringify(departure)} className={styles.line}>
                <DepartureLine departure={departure} />
              </li>
            ))}
          </ul>
        )}
        {mayEditTemplate && (
          <p>
            <Link href={`/skabeloner/${mayEditTemplate}`}>{t('template')}</Link>
          </p>
        )}
      </section>
    </main>
  )
}

function DepartureLine({ departure }: { departure: Departure }) {
  const t = useTranslations('meeting.planView.departure')
  const { kind, ...values } = departure
  return <span>{t(kind, values)}</span>
}
