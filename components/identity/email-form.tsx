'use client'

import { useTranslations } from 'next-intl'
import type { FormEvent } from 'react'
import { Button } from '@/components/ui/button.tsx'
import { Field } from '@/components/ui/field.tsx'
import styles from './sign-in.module.css'
import { useAskAuth } from './use-ask-auth.ts'

/** Asks for a sign-in link by mail; quieter where another way in stands above it. */
export function EmailForm({ callbackUrl, isSecond }: { callbackUrl: string; isSecond: boolean }) {
  const t = useTranslations('identity')
  const { asking, ask } = useAskAuth()

  function send(event: FormEvent<HTMLFormElement>) {
    event.preventDefault()
    const email = new FormData(event.currentTarget).get('email')
    if (typeof email === 'string') ask('signin/email', { email, callbackUrl })
  }

  return (
    <form className={styles.form} onSubmit={send}>
      <Field label={t('email.label')} hint={t('email.hint')} error={asking === 'away' ? t('offline') : null}>
        {(given) => <input {...given} type="email" name="email" autoComplete="email" required />}
      </Field>
      <Button type="submit" look={isSecond ? 'plain' : 'go'} disabled={asking === 'working'}>
        {asking === 'working' ? t('email.sending') : t('email.button')}
      </Button>
    </form>
  )
}
