'use client'

import { useRouter } from 'next/navigation'
import { useLocale, useTranslations } from 'next-intl'
import { lazy, Suspense, useId } from 'react'
import type { EditionView } from '@/lib/dispatch/schema.ts'
import { formatDay } from '@/lib/i18n/dates.ts'
import styles from './dispatch.module.css'

const EditionChanges = lazy(async () => ({ default: (await import('./edition-changes.tsx')).EditionChanges }))

type EditionHeadProps = {
  meetingId: string
  /** What is shown; null for the working text. */
  edition: Omit<EditionView, 'agenda'> | null
  /** May the reader turn to the working text? */
  maySeeDraft: boolean
}

/** Which edition is read, the way to the others, and what is new in it. */
export function EditionHead({ meetingId, edition, maySeeDraft }: EditionHeadProps) {
  const t = useTranslations('dispatch')
  const locale = useLocale()
  const router = useRouter()
  const id = useId()
  const path = `/moeder/${meetingId}/laes`
  if (!edition) {
    return (
      <p className={styles.draft}>
        {t('draftRead')} <a href={path}>{t('readSent')}</a>
      </p>
    )
  }
  const { editions, number } = edition
  const newest = editions.at(-1)
  const isOld = number !== null && number !== newest?.number
  return (
    <div className={styles.editionHead}>
      {(editions.length > 1 || maySeeDraft) && (
        <p className={styles.choice}>
          <label htmlFor={id}>{t('edition')}</label>
          <select
            id={id}
            value={number ?? ''}
            onChange={({ target: { value } }) => router.push(value ? `${path}?udgave=${value}` : path)}
          >
            <option value="">{t('current')}</option>
            {editions.toReversed().map((one) => (
              <option key={one.number} value={one.number}>
                {t(`name.${one.kind}`, { ordinal: one.ordinal, day: formatDay(one.at, locale) })}
              </option>
            ))}
            {maySeeDraft && <option value="kladde">{t('draft')}</option>}
          </select>
        </p>
      )}
      {isOld && (
        <p className={styles.old}>
          {t('old')} <a href={path}>{t('readCurrent')}</a>
        </p>
      )}
      {edition.changes.length > 0 && (
        <Suspense>
          <EditionChanges changes={edition.changes} isCurrent={number === null} />
        </Suspense>
      )}
      {edition.reason && <p className={styles.note}>{t('sentBecause', { reason: edition.reason })}</p>}
    </div>
  )
}
