'use client'

import { useTranslations } from 'next-intl'
import { type FormEvent, useState } from 'react'
import { Button } from '@/components/ui/button.tsx'
import { Field } from '@/components/ui/field.tsx'
import styles from './history.module.css'

type VersionNameFormProps = {
  label: string
  name: string
  /** Without it an empty name takes the one there is away. */
  isRequired?: boolean
  /** Answers whether it was kept. */
  onName: (name: string) => Promise<boolean>
}

/** A quiet button that unfolds into the name of a version. */
export function VersionNameForm({ label, name, isRequired = false, onName }: VersionNameFormProps) {
  const t = useTranslations('approval')
  const [written, setWritten] = useState<string | null>(null)
  const [isSending, setIsSending] = useState(false)
  if (written === null) {
    return (
      <Button look="quiet" onClick={() => setWritten(name)}>
        {label}
      </Button>
    )
  }
  async function save(event: FormEvent) {
    event.preventDefault()
    setIsSending(true)
    const isKept = await onName(written ?? '')
    setIsSending(false)
    if (isKept) setWritten(null)
  }
  return (
    <form className={styles.naming} onSubmit={save}>
      <Field label={t('history.nameLabel')} hint={name ? t('history.nameHint') : undefined}>
        {(given) => (
          <input
            {...given}
            ref={(input) => input?.focus()}
            required={isRequired}
            maxLength={80}
            value={written}
            onChange={(event) => setWritten(event.target.value)}
            onKeyDown={(event) => event.key === 'Escape' && setWritten(null)}
          />
        )}
      </Field>
      <span className={styles.acts}>
        <Button onClick={() => setWritten(null)}>{t('history.cancel')}</Button>
        <Button look="go" type="submit" disabled={isSending}>
          {t('history.save')}
        </Button>
      </span>
    </form>
  )
}
