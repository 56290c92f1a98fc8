'use client'

import { useLocale, useTranslations } from 'next-intl'
import { type FormEvent, useState } from 'react'
import { Button } from '@/components/ui/button.tsx'
import { Field } from '@/components/ui/field.tsx'
import { useToast } from '@/components/ui/toast.tsx'
import { endStandIn, setStandIn } from '@/lib/approval/actions.ts'
import type { StandInView } from '@/lib/approval/schema.ts'
import { formatDay } from '@/lib/i18n/dates.ts'
import styles from './rule-form.module.css'

type StandInFormProps = { bodyId: string; standIn: StandInView | null; today: string }

/** Lets the vice-chair act for the chair on certain days, or tells that it does and calls it off. */
export function StandInForm({ bodyId, standIn, today }: StandInFormProps) {
  const t = useTranslations('approval.standIn')
  const [held, setHeld] = useState(standIn)
  return (
    <section className={styles.form} aria-labelledby="stand-in">
      <h2 id="stand-in">{t('title')}</h2>
      <p className={styles.note}>{t('what')}</p>
      {held ? (
        <Held bodyId={bodyId} standIn={held} today={today} onEnd={() => setHeld(null)} />
      ) : (
        <Wanted bodyId={bodyId} today={today} onSet={setHeld} />
      )}
    </section>
  )
}

function Held({
  bodyId,
  standIn,
  today,
  onEnd,
}: {
  bodyId: string
  standIn: StandInView
  today: string
  onEnd: () => void
}) {
  const t = useTranslations('approval.standIn')
  const e = useTranslations('errors')
  const locale = useLocale()
  const toast = useToast()
  const [isSending, setIsSending] = useState(false)
  const { reason, from, until } = standIn
  const days = { from: formatDay(from, locale), until: formatDay(until, locale) }

  async function end() {
    setIsSending(true)
    const answer = await endStandIn({ bodyId })
    setIsSending(false)
    toast({ text: answer.ok ? t('ended') : e(answer.code) })
    if (answer.ok) onEnd()
  }

  return (
    <>
      <p>
        {t(from > today ? 'coming' : 'holds', days)}
        <br />
        <span className={styles.note}>{t('because', { reason })}</span>
      </p>
      <div>
        <Button onClick={() => void end()} disabled={isSending}>
          {t('end')}
        </Button>
      </div>
    </>
  )
}

function Wanted({
  bodyId,
  today,
  onSet,
}: {
  bodyId: string
  today: string
  onSet: (standIn: StandInView) => void
}) {
  const t = useTranslations('approval.standIn')
  const e = useTranslations('errors')
  const toast = useToast()
  const [wanted, setWanted] = useState<StandInView>({ reason: '', from: today, until: '' })
  const [isSending, setIsSending] = useState(false)

  async function save(event: FormEvent) {
    event.preventDefault()
    setIsSending(true)
    const answer = await setStandIn({ bodyId, ...wanted })
    setIsSending(false)
    toast({ text: answer.ok ? t('set') : e(answer.code) })
    if (answer.ok) onSet(wanted)
  }

  const day = (name: 'from' | 'until', min: string) => (
    <Field label={t(name)}>
      {(given) => (
        <input
          {...given}
          type="date"
          required
          min={min}
          value={wanted[name]}
          onChange={(event) => setWanted({ ...wanted, [name]: event.target.value })}
        />
      )}
    </Field>
  )
  return (
    <form className={styles.inner} onSubmit={save}>
      <div className={styles.days}>
        {day('from', today)}
        {day('until', wanted.from || today)}
      </div>
      <Field label={t('reason')} hint={t('reasonHint')}>
        {(given) => (
          <input
            {...given}
            required
            maxLength={300}
            value={wanted.reason}
            onChange={(event) => setWanted({ ...wanted, reason: event.target.value })}
          />
        )}
      </Field>
      <div>
        <Button look="go" type="submit" disabled={isSending}>
          {t('save')}
        </Button>
      </div>
    </form>
  )
}
