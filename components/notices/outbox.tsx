'use client'

import Link from 'next/link'
import { useRouter } from 'next/navigation'
import { useLocale, useTranslations } from 'next-intl'
import { useEffect, useTransition } from 'react'
import { Button } from '@/components/ui/button.tsx'
import { useToast } from '@/components/ui/toast.tsx'
import { formatMoment } from '@/lib/i18n/dates.ts'
import { sendAgain } from '@/lib/notices/actions.ts'
import type { MailLine, OutboxView } from '@/lib/notices/schema.ts'
import { watchNotices } from './news.ts'
import page from './notices.module.css'
import styles from './outbox.module.css'

const parts = ['failed', 'waiting', 'sent'] as const
const often = 5000

/** A body's mail: what could not be sent and why, what is on its way, and the latest that was sent. */
export function Outbox({ outbox, now }: { outbox: OutboxView; now: string }) {
  const t = useTranslations('notices.outbox')
  const list = useTranslations('notices.list')
  const router = useRouter()
  useEffect(() => watchNotices(() => router.refresh(), often), [router])
  const isEmpty = parts.every((part) => outbox[part].length === 0)
  return (
    <main id="indhold" className={page.page}>
      <div className={page.head}>
        <h1>{t('title')}</h1>
      </div>
      <nav className={page.ways} aria-label={t('title')}>
        <Link href="/besked">{list('back')}</Link>
      </nav>
      <p className={page.lead}>{t('lead', { body: outbox.bodyName })}</p>
      {!outbox.isMailOn && <p className={styles.warning}>{t('noMail')}</p>}
      {isEmpty && <p className={page.empty}>{t('empty')}</p>}
      {!isEmpty &&
        parts.map((part) => (
          <section key={part} className={page.day} aria-labelledby={`part-${part}`}>
            <h2 id={`part-${part}`}>
              {t(part)} <span className={styles.count}>{outbox[part].length || ''}</span>
            </h2>
            {outbox[part].length === 0 && <p className={styles.none}>{t(`none.${part}`)}</p>}
            <ul>
              {outbox[part].map((mail) => (
                <Line key={mail.id} mail={mail} bodyId={outbox.bodyId} now={now} />
              ))}
            </ul>
            {outbox[part].length >= 50 && (
              <p className={page.quiet}>{t('latest', { count: outbox[part].length })}</p>
            )}
          </section>
        ))}
    </main>
  )
}

function Line({ mail, bodyId, now }: { mail: MailLine; bodyId: string; now: string }) {
  const t = useTranslations('notices.outbox')
  const errors = useTranslations('errors')
  const locale = useLocale()
  const router = useRouter()
  const toast = useToast()
  const [isWorking, startTransition] = useTransition()
  const when = (at: string) => formatMoment(at, now, locale)

  function again() {
    startTransition(async () => {
      const answer = await sendAgain({ bodyId, mailId: mail.id }).catch(() => ({
        ok: false as const,
        code: 'unexpected' as const,
      }))
      toast({ text: answer.ok ? t('againDone', { name: mail.name }) : errors(answer.code) })
      router.refresh()
    })
  }

  return (
    <li className={styles.mail}>
      <div className={styles.who}>
        <p className={styles.name}>{mail.name}</p>
        <p className={page.quiet}>{mail.topics.map((topic) => t(`topics.${topic}`)).join(' · ')}</p>
        {mail.failure && mail.state !== 'sent' && (
          <p className={styles.why}>{t(`failures.${mail.failure}`)}</p>
        )}
      </div>
      <p className={styles.when}>
        {stateOf(mail, t, when)}
        {mail.attempts > 1 && (
          <span className={styles.attempts}>{t('attempts', { count: mail.attempts })}</span>
        )}
      </p>
      {mail.state === 'failed' && (
        <Button
          className={styles.again}
          disabled={isWorking}
          aria-label={t('againFor', { name: mail.name })}
          onClick={again}
        >
          {t('again')}
        </Button>
      )}
    </li>
  )
}

type Translator = ReturnType<typeof useTranslations<'notices.outbox'>>

function stateOf(mail: MailLine, t: Translator, when: (at: string) => string): string {
  if (mail.state === 'sending') return t('sending')
  if (mail.state === 'sent') return t('sentAt', { when: when(mail.sentAt ?? mail.dueAt) })
  if (mail.state === 'failed') return t('failedAt', { when: when(mail.dueAt) })
  return t(mail.attempts > 0 ? 'retry' : 'due', { when: when(mail.dueAt) })
}
