'use client'

import { useTranslations } from 'next-intl'
import { type FormEvent, useId, useState } from 'react'
import { Button } from '@/components/ui/button.tsx'
import { Field } from '@/components/ui/field.tsx'
import { useToast } from '@/components/ui/toast.tsx'
import { setDeadlines } from '@/lib/dispatch/actions.ts'
import type { DeadlineRule } from '@/lib/meeting/deadlines.ts'
import styles from './dispatch.module.css'

/** A body's deadlines: working days before a meeting, and whether Saturday is one. */
export function DeadlinesForm({ bodyId, rule }: { bodyId: string; rule: DeadlineRule }) {
  const t = useTranslations('dispatch.deadlines')
  const e = useTranslations('errors')
  const toast = useToast()
  const saturday = useId()
  const [wanted, setWanted] = useState({ ...rule })
  const [sending, setSending] = useState(false)

  async function save(event: FormEvent) {
    event.preventDefault()
    setSending(true)
    const answer = await setDeadlines({ bodyId, ...wanted })
    setSending(false)
    toast({ text: answer.ok ? t('saved') : e(answer.code) })
  }

  const days = (name: 'agendaDays' | 'materialDays') => (
    <Field label={t(name)} hint={t(`${name}Hint`)}>
      {(given) => (
        <input
          {...given}
          type="number"
          min={0}
          max={30}
          required
          value={wanted[name]}
          onChange={(event) => setWanted({ ...wanted, [name]: event.target.valueAsNumber || 0 })}
        />
      )}
    </Field>
  )
  return (
    <form className={styles.deadlines} onSubmit={save} aria-labelledby="deadlines">
      <h2 id="deadlines">{t('title')}</h2>
      <p className={styles.note}>{t('what')}</p>
      {days('agendaDays')}
      {days('materialDays')}
      <label htmlFor={saturday} className={styles.check}>
        <input
          id={saturday}
          type="checkbox"
          checked={wanted.saturdayCounts}
          onChange={(event) => setWanted({ ...wanted, saturdayCounts: event.target.checked })}
        />{' '}
        {t('saturdayCounts')}
      </label>
      <div>
        <Button look="go" type="submit" disabled={sending}>
          {t('save')}
        </Button>
      </div>
    </form>
  )
}
