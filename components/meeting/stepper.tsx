'use client'

import { useTranslations } from 'next-intl'
import { type Stage, stages } from '@/lib/meeting/rules.ts'
import styles from './stepper.module.css'

/** Kladde → Godkendelse → Udsendt → Møde → Referat, with where the meeting is now. */
export function Stepper({ stage }: { stage: Stage }) {
  const t = useTranslations('meeting')
  return (
    <ol className={styles.steps} aria-label={t('stage.label')}>
      {stages.map((one) => (
        <li key={one} className={styles.step} aria-current={one === stage ? 'step' : undefined}>
          {t(`stage.${one}`)}
        </li>
      ))}
    </ol>
  )
}
