'use client'

import Link from 'next/link'
import { useRouter } from 'next/navigation'
import { useLocale, useTranslations } from 'next-intl'
import { type FormEvent, useState } from 'react'
import { Button } from '@/components/ui/button.tsx'
import { Field } from '@/components/ui/field.tsx'
import { formatDay } from '@/lib/i18n/dates.ts'
import { createMeeting } from '@/lib/meeting/actions.ts'
import type { PlannableBody } from '@/lib/meeting/schema.ts'
import styles from './plan.module.css'

type PlanFormProps = { bodies: PlannableBody[]; bodyId: string }

/** When and where a new meeting is, and what is known of the minutes of the one before. */
export function PlanForm({ bodies, bodyId: first }: PlanFormProps) {
  const t = useTranslations('meeting.plan')
  const e = useTranslations('errors')
  const locale = useLocale()
  const router = useRouter()
  const [bodyId, setBodyId] = useState(first)
  const [startsAt, setStartsAt] = useState('')
  const [sentOn, setSentOn] = useState<string | null>(null)
  const [failure, setFailure] = useState<string | null>(null)
  const [sending, setSending] = useState(false)
  const body = bodies.find(({ id }) => id === bodyId)
  const previous = body?.meetings.find((meeting) => !startsAt || meeting.startsAt.slice(0, 16) < startsAt)

  async function create(event: FormEvent<HTMLFormElement>) {
    event.preventDefault()
    const place = `${new FormData(event.currentTarget).get('place') ?? ''}`
    setSending(true)
    const minutesSentOn = (previous && (sentOn ?? previous.minutesSentOn)) || null
    const answer = await createMeeting({ bodyId, startsAt, place, minutesSentOn })
    if (answer.ok) return router.push(`/moeder/${answer.value.meetingId}`)
    setSending(false)
    setFailure(e(answer.code))
  }

  return (
    <main id="indhold" className={styles.page}>
      <h1>{t('title')}</h1>
      <p className={styles.lead}>
        {t('lead')} <Link href={`/skabeloner/${bodyId}`}>{t('editTemplate')}</Link>
      </p>
      <form className={styles.form} onSubmit={create}>
        {bodies.length > 1 && (
          <Field label={t('body')}>
            {(given) => (
              <select {...given} value={bodyId} onChange={(event) => setBodyId(event.target.value)}>
                {bodies.map(({ id, name }) => (
                  <option key={id} value={id}>
                    {name}
                  </option>
                ))}
              </select>
            )}
          </Field>
        )}
        <Field label={t('startsAt')}>
          {(given) => (
            <input
              {...given}
              type="datetime-local"
              required
              value={startsAt}
              onChange={(event) => setStartsAt(event.target.value)}
            />
          )}
        </Field>
        <Field label={t('place')}>
          {(given) => (
            <input
              {...given}
              key={bodyId}
              name="place"
              required
              maxLength={200}
              autoComplete="off"
              defaultValue={body?.meetings[0]?.place}
            />
          )}
        </Field>
        {previous ? (
          <Field
            key={previous.id}
            label={t('minutesSentOn')}
            hint={t('minutesHint', { day: formatDay(previous.startsAt, locale) })}
          >
            {(given) => (
              <input
                {...given}
                type="date"
                value={sentOn ?? previous.minutesSentOn ?? ''}
                onChange={(event) => setSentOn(event.target.value)}
              />
            )}
          </Field>
        ) : (
          <p className={styles.note}>{t('first')}</p>
        )}
        {failure && (
          <p role="alert" className={styles.failure}>
            {failure}
          </p>
        )}
        <div>
          <Button look="go" type="submit" disabled={sending}>
            {t('create')}
          </Button>
        </div>
      </form>
    </main>
  )
}
