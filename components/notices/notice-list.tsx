'use client'

import Link from 'next/link'
import { useRouter } from 'next/navigation'
import { useLocale, useTranslations } from 'next-intl'
import { useEffect, useTransition } from 'react'
import { Button } from '@/components/ui/button.tsx'
import { useToast } from '@/components/ui/toast.tsx'
import type { Answer } from '@/lib/errors.ts'
import { calendarDay, daysBetween, formatClock, formatDay, formatWeekday } from '@/lib/i18n/dates.ts'
import { markAllRead, markRead } from '@/lib/notices/actions.ts'
import type { NoticeList as List, NoticeView } from '@/lib/notices/schema.ts'
import { sentenceValues } from '@/lib/notices/view.ts'
import { sayNoticesChanged, watchNotices } from './news.ts'
import styles from './notices.module.css'

type Outbox = { bodyId: string; name: string }

/** What a person was told, by day, the newest first; what is unread stands out. */
export function NoticeList({ list, outboxes, now }: { list: List; outboxes: Outbox[]; now: string }) {
  const t = useTranslations('notices')
  const locale = useLocale()
  const { notices, unread } = list
  const { perform, isWorking } = useMarking()
  const days = byDay(notices)
  const [newest] = notices

  function nameOf(at: string): string {
    const away = daysBetween(now, at)
    if (away === 0) return t('list.today')
    if (away === -1) return t('list.yesterday')
    return at.slice(0, 4) === now.slice(0, 4) ? formatWeekday(at, locale) : formatDay(at, locale)
  }

  return (
    <main id="indhold" className={styles.page}>
      <div className={styles.head}>
        <h1>{t('list.title')}</h1>
        {unread > 0 && newest && (
          <Button disabled={isWorking} onClick={() => perform(() => markAllRead({ upTo: newest.at }))}>
            {t('list.readAll')}
          </Button>
        )}
      </div>
      <nav className={styles.ways} aria-label={t('list.title')}>
        <Link href="/besked/indstillinger">{t('list.settings')}</Link>
        {outboxes.map(({ bodyId, name }) => (
          <Link key={bodyId} href={`/udbakke/${bodyId}`}>
            {outboxes.length > 1 ? `${t('outbox.title')} · ${name}` : t('outbox.title')}
          </Link>
        ))}
      </nav>
      {notices.length === 0 && <p className={styles.empty}>{t('list.empty')}</p>}
      {days.map(([day, told]) => (
        <section key={day} aria-labelledby={`day-${day}`} className={styles.day}>
          <h2 id={`day-${day}`}>{nameOf(told[0]?.at ?? now)}</h2>
          <ul>
            {told.map((notice) => (
              <Line
                key={notice.id}
                notice={notice}
                isWorking={isWorking}
                onRead={() => perform(() => markRead({ noticeIds: [notice.id] }))}
              />
            ))}
          </ul>
        </section>
      ))}
      {notices.length >= 200 && <p className={styles.quiet}>{t('list.older', { count: notices.length })}</p>}
    </main>
  )
}

type LineProps = { notice: NoticeView; isWorking: boolean; onRead: () => void }

function Line({ notice, isWorking, onRead }: LineProps) {
  const t = useTranslations('notices')
  const locale = useLocale()
  const { kind, at, isRead, body, meeting, number, title, path } = notice
  const place = meeting ? t('meeting', { when: formatDay(meeting.startsAt, locale) }) : null
  return (
    <li className={isRead ? styles.line : `${styles.line} ${styles.unread}`}>
      <time className={styles.at} dateTime={at}>
        {formatClock(at, locale)}
      </time>
      <div className={styles.words}>
        <Link href={path} className={styles.sentence} onClick={isRead ? undefined : onRead}>
          {!isRead && <span className="sr-only">{t('list.unread')}: </span>}
          {t(`kinds.${kind}`, sentenceValues(notice))}
        </Link>
        {title && (
          <p className={styles.about}>
            {number} {title}
          </p>
        )}
        <p className={styles.quiet}>{[body.name, place].filter(Boolean).join(' · ')}</p>
      </div>
      {!isRead && (
        <Button look="quiet" className={styles.read} disabled={isWorking} onClick={onRead}>
          {t('list.read')}
        </Button>
      )}
    </li>
  )
}

function byDay(notices: NoticeView[]): [string, NoticeView[]][] {
  const days = new Map<string, NoticeView[]>()
  for (const notice of notices) {
    const day = calendarDay(notice.at)
    days.set(day, [...(days.get(day) ?? []), notice])
  }
  return [...days]
}

function useMarking() {
  const errors = useTranslations('errors')
  const router = useRouter()
  const toast = useToast()
  const [isWorking, startTransition] = useTransition()
  useEffect(() => watchNotices(() => router.refresh(), 20_000), [router])
  const perform = (ask: () => Promise<Answer<void>>) =>
    startTransition(async () => {
      const answer = await ask().catch((): Answer<void> => ({ ok: false, code: 'unexpected' }))
      if (!answer.ok) toast({ text: errors(answer.code) })
      sayNoticesChanged()
    })
  return { perform, isWorking }
}
