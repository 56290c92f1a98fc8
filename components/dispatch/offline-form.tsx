'use client'

import { useTranslations } from 'next-intl'
import { type FormEvent, useId, useState } from 'react'
import { Button } from '@/components/ui/button.tsx'
import { useToast } from '@/components/ui/toast.tsx'
import { setOfflineRule } from '@/lib/dispatch/actions.ts'
import styles from './dispatch.module.css'

/** Whether a body lets closed items be kept for reading without a net. */
export function OfflineForm({ bodyId, keepsClosed }: { bodyId: string; keepsClosed: boolean }) {
  const t = useTranslations('offline.rule')
  const e = useTranslations('errors')
  const toast = useToast()
  const id = useId()
  const [wanted, setWanted] = useState(keepsClosed)
  const [sending, setSending] = useState(false)

  async function save(event: FormEvent) {
    event.preventDefault()
    setSending(true)
    const answer = await setOfflineRule({ bodyId, keepsClosedOffline: wanted })
    setSending(false)
    toast({ text: answer.ok ? t('saved') : e(answer.code) })
  }

  return (
    <form className={styles.deadlines} onSubmit={save} aria-labelledby="offline-rule">
      <h2 id="offline-rule">{t('title')}</h2>
      <p className={styles.note}>{t('what')}</p>
      <label htmlFor={id} className={styles.check}>
        <input
          id={id}
          type="checkbox"
          checked={wanted}
          onChange={(event) => setWanted(event.target.checked)}
        />{' '}
        {t('keepsClosed')}
      </label>
      <div>
        <Button look="go" type="submit" disabled={sending}>
          {t('save')}
        </Button>
      </div>
    </form>
  )
}
