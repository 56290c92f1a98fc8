'use client'

import { useTranslations } from 'next-intl'
import { Button } from '@/components/ui/button.tsx'
import styles from './review.module.css'

/** The page when it could not be made: what happened, what is safe and what to do. */
export function ReviewFailed({ reset }: { reset: () => void }) {
  const t = useTranslations('approval')
  return (
    <main id="indhold" className={`${styles.column} ${styles.empty}`}>
      <h1 className={styles.title}>{t('failed.title')}</h1>
      <p className={styles.lead}>{t('failed.text')}</p>
      <Button look="go" className={styles.act} onClick={reset}>
        {t('failed.again')}
      </Button>
    </main>
  )
}
