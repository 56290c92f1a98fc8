'use client'

import Link from 'next/link'
import { useRouter } from 'next/navigation'
import { useLocale, useTranslations } from 'next-intl'
import { type FormEvent, useId, useState, useTransition } from 'react'
import { Button } from '@/components/ui/button.tsx'
import { Field } from '@/components/ui/field.tsx'
import { useToast } from '@/components/ui/toast.tsx'
import { addItem } from '@/lib/agenda/actions.ts'
import type { Answer } from '@/lib/errors.ts'
import { formatDay } from '@/lib/i18n/dates.ts'
import { announce } from '@/lib/meeting/actions.ts'
import type { BacklogView } from '@/lib/meeting/schema.ts'
import styles from './plan.module.css'

/** What one meeting says of the next, and what of it became an item there; the same list seen from either meeting. */
export function Backlog({ backlog, here }: { backlog: BacklogView; here: string }) {
  const t = useTranslations('meeting.planView')
  const e = useTranslations('errors')
  const locale = useLocale()
  const router = useRouter()
  const toast = useToast()
  const heading = useId()
  const [isBusy, startTransition] = useTransition()
  const [point, setPoint] = useState('')
  const { from, to, itemId, points, unannounced, sections, mayAdd, frozen } = backlog
  const [sectionId, setSectionId] = useState((sections[2] ?? sections[0])?.id ?? '')
  const isBefore = from.meetingId !== here

  function run(what: () => Promise<Answer<unknown>>, done?: () => void) {
    startTransition(async () => {
      const answer = await what()
      if (answer.ok) done?.()
      else toast({ text: e(answer.code) })
      router.refresh()
    })
  }

  function add(event: FormEvent) {
    event.preventDefault()
    run(
      () => announce({ meetingId: from.meetingId, point }),
      () => setPoint(''),
    )
  }

  const item = (meetingId: string, id: string) => `/moeder/${meetingId}#item-${id}`
  return (
    <section className={styles.block} aria-labelledby={heading}>
      <h2 id={heading}>
        {isBefore ? t('fromPrevious', { day: formatDay(from.startsAt, locale) }) : t('toNext')}
      </h2>
      <p className={styles.note}>
        {frozen ? t('frozen') : isBefore ? t('fromPreviousHint') : t('toNextHint')}{' '}
        {itemId && <Link href={item(from.meetingId, itemId)}>{t('openList')}</Link>}
      </p>
      {!itemId && <p className={styles.note}>{t('noList')}</p>}
      {!to && <p className={styles.note}>{t('noNext')}</p>}
      {itemId && points.length === 0 && <p className={styles.note}>{t('noPoints')}</p>}
      {sections.length > 1 && points.some((one) => one.itemId === null) && (
        <Field label={t('section')}>
          {(given) => (
            <select {...given} value={sectionId} onChange={(event) => setSectionId(event.target.value)}>
              {sections.map(({ id, title, number }) => (
                <option key={id} value={id}>
                  {number}. {title}
                </option>
              ))}
            </select>
          )}
        </Field>
      )}
      <ul className={styles.list}>
        {points.map(({ text, itemId: id, number }, at) => (
          // biome-ignore lint/suspicious/noArrayIndexKey: a point is its place in the list; two may read alike
          <li key={`${at} ${text}`} className={styles.line}>
            <span>{text}</span>
            {to && id && (
              <Link className={styles.state} href={item(to.meetingId, id)}>
                {t('isItem', { number: number ?? '' })}
              </Link>
            )}
            {to && !id && sectionId && (
              <Button
                look="quiet"
                disabled={isBusy}
                aria-label={t('makeItemOf', { title: text })}
                onClick={() => run(() => addItem({ sectionId, title: text.slice(0, 300), at: 500 }))}
              >
                {t('makeItem')}
              </Button>
            )}
          </li>
        ))}
      </ul>
      {unannounced.length > 0 && mayAdd && (
        <>
          <h3 className={styles.kicker}>{t('unannounced')}</h3>
          <ul className={styles.list}>
            {unannounced.map(({ itemId: id, number, title }) => (
              <li key={id} className={styles.line}>
                <span>
                  {number} {title}
                </span>
                <Button
                  look="quiet"
                  disabled={isBusy}
                  aria-label={t('announceOf', { title })}
                  onClick={() => run(() => announce({ meetingId: from.meetingId, point: title }))}
                >
                  {t('announce')}
                </Button>
              </li>
            ))}
          </ul>
        </>
      )}
      {mayAdd && (
        <form className={styles.add} onSubmit={add}>
          <Field label={t('newPoint')}>
            {(given) => (
              <input
                {...given}
                required
                maxLength={300}
                value={point}
                onChange={(event) => setPoint(event.target.value)}
              />
            )}
          </Field>
          <Button type="submit" disabled={isBusy}>
            {t('addPoint')}
          </Button>
        </form>
      )}
    </section>
  )
}
