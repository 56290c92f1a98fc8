import Link from 'next/link'
import { useLocale, useTranslations } from 'next-intl'
import { formatDay } from '@/lib/i18n/dates.ts'
import styles from './home.module.css'
import type { WaitingMeeting } from './home.tsx'

/** What waits for this person: to approve, to answer, to send, to read. */
export function WaitingList({ waiting }: { waiting: WaitingMeeting[] }) {
  const t = useTranslations('meeting.home')
  const locale = useLocale()
  const lines = waiting.flatMap(({ meeting, bodyName, waiting: counts }) => {
    const path = `/moeder/${meeting.id}`
    const where = `${bodyName}, ${formatDay(meeting.startsAt, locale)}`
    return [
      ...(counts.approve
        ? [{ text: t('approve', { count: counts.approve }), path: `${path}/godkend`, where }]
        : []),
      ...(counts.answer ? [{ text: t('answer', { count: counts.answer }), path, where }] : []),
      ...(counts.send ? [{ text: t('send', { count: counts.send }), path, where }] : []),
      ...(counts.unread
        ? [{ text: t('unread', { count: counts.unread }), path: `${path}/laes`, where }]
        : []),
      ...(counts.read ? [{ text: t('read'), path: `${path}/laes`, where }] : []),
    ]
  })
  return (
    <section className={styles.block} aria-labelledby="waiting">
      <h2 id="waiting" className={styles.title}>
        {t('waiting')}
      </h2>
      {lines.length === 0 && <p className={styles.empty}>{t('nothing')}</p>}
      <ul className={styles.list}>
        {lines.map(({ text, path, where }) => (
          <li key={text + where}>
            <Link href={path} className={styles.line}>
              <span className={styles.main}>{text}</span>
              <span className={styles.side}>{where}</span>
            </Link>
          </li>
        ))}
      </ul>
    </section>
  )
}
