'use client'

import Link from 'next/link'
import { useTranslations } from 'next-intl'
import { useState, useTransition } from 'react'
import { Button } from '@/components/ui/button.tsx'
import { choosePace } from '@/lib/notices/actions.ts'
import { type MailPace, mailPaces, type MailSettings as Settings } from '@/lib/notices/schema.ts'
import styles from './mail-settings.module.css'
import page from './notices.module.css'

/** When a person gets mail about what they are told. */
export function MailSettings({ settings }: { settings: Settings }) {
  const t = useTranslations('notices.settings')
  const list = useTranslations('notices.list')
  const errors = useTranslations('errors')
  const [pace, setPace] = useState<MailPace>(settings.pace)
  const [said, setSaid] = useState<{ text: string; isError: boolean } | null>(null)
  const [isSaving, startTransition] = useTransition()

  function save() {
    startTransition(async () => {
      const answer = await choosePace({ pace }).catch(() => ({
        ok: false as const,
        code: 'unexpected' as const,
      }))
      setSaid(answer.ok ? { text: t('saved'), isError: false } : { text: errors(answer.code), isError: true })
    })
  }

  return (
    <main id="indhold" className={page.page}>
      <div className={page.head}>
        <h1>{t('title')}</h1>
      </div>
      <nav className={page.ways} aria-label={t('title')}>
        <Link href="/besked">{list('back')}</Link>
      </nav>
      <p className={page.lead}>{t('lead')}</p>
      {!settings.isMailOn && <p className={styles.note}>{t('noMail')}</p>}
      <form action={save}>
        <fieldset className={styles.choices}>
          <legend>{t('legend')}</legend>
          {mailPaces.map((choice) => (
            <label key={choice} className={styles.choice}>
              <input
                type="radio"
                name="pace"
                value={choice}
                checked={pace === choice}
                aria-describedby={`hint-${choice}`}
                onChange={() => {
                  setPace(choice)
                  setSaid(null)
                }}
              />
              <span className={styles.name}>{t(choice)}</span>
              <span className={styles.hint} id={`hint-${choice}`}>
                {t(`${choice}Hint`)}
              </span>
            </label>
          ))}
        </fieldset>
        <p className={page.lead}>{t('urgent')}</p>
        <p className={page.lead}>{t('address', { email: settings.email })}</p>
        <div className={styles.end}>
          <Button type="submit" look="go" disabled={isSaving}>
            {t('save')}
          </Button>
          <p role="status" className={said?.isError ? styles.error : styles.saved}>
            {said?.text}
          </p>
        </div>
      </form>
    </main>
  )
}
