import Link from 'next/link'
import { useLocale, useTranslations } from 'next-intl'
import { formatDaysAway, formatMeetingTime } from '@/lib/i18n/dates.ts'
import { stageOf } from '@/lib/meeting/rules.ts'
import type { BodyMeetings, MeetingLine } from '@/lib/meeting/schema.ts'
import styles from './home.module.css'
import { openPath } from './open-path.ts'

// What was held long ago is asked for: a body has hundreds of meetings.
const shownPast = 8

type BodyListProps = { body: BodyMeetings; now: Date; isWhole: boolean }

/** The meetings of one body, those to come first. */
export function BodyList({ body, now, isWhole }: BodyListProps) {
  const t = useTranslations('meeting.home')
  const past = isWhole ? body.past : body.past.slice(0, shownPast)
  const none = body.coming.length + body.past.length === 0
  return (
    <section className={styles.block} aria-label={body.name}>
      <h2 className={styles.title}>{body.name}</h2>
      {(body.role === 'secretariat' || body.role === 'administrator') && (
        <p className={styles.ways}>
          {body.mayPlan && <Link href={`/moeder/nyt?body=${body.bodyId}`}>{t('plan')}</Link>}
          {body.mayEditTemplate && <Link href={`/skabeloner/${body.bodyId}`}>{t('template')}</Link>}
          <Link href={`/indstillinger/${body.bodyId}`}>{t('settings')}</Link>
        </p>
      )}
      {none && <p className={styles.empty}>{t(emptyKey(body))}</p>}
      <Meetings title={t('coming')} meetings={body.coming} now={now} />
      <Meetings title={t('past')} meetings={past} now={now} />
      {past.length < body.past.length && (
        <p className={styles.ways}>
          <Link href={`/?alle=${body.bodyId}`}>{t('pastAll', { count: body.past.length })}</Link>
        </p>
      )}
    </section>
  )
}

function emptyKey(body: BodyMeetings) {
  if (body.role === 'administrator') return 'administers' as const
  return body.mayImport ? ('noMeetingsImport' as const) : ('noMeetings' as const)
}

function Meetings({ title, meetings, now }: { title: string; meetings: MeetingLine[]; now: Date }) {
  const t = useTranslations('meeting')
  const locale = useLocale()
  if (meetings.length === 0) return null
  return (
    <>
      <h3 className={styles.group}>{title}</h3>
      <ul className={styles.list}>
        {meetings.map((meeting) => (
          <li key={meeting.id}>
            <Link href={openPath(meeting)} className={styles.line}>
              <span className={styles.main}>{formatMeetingTime(meeting.startsAt, locale)}</span>
              <span className={styles.side}>
                {meeting.place} ·{' '}
                {t(`stage.${stageOf({ state: meeting.state, anySubmitted: meeting.submitted })}`)} ·{' '}
                {formatDaysAway(meeting.startsAt, now, locale)}
              </span>
            </Link>
          </li>
        ))}
      </ul>
    </>
  )
}
