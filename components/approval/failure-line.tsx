import { useTranslations } from 'next-intl'
import styles from './review.module.css'
import type { Failure } from './use-verdict.ts'

/** The sentence for an act that was not done, or of which nothing is known. */
export function FailureLine({ failure }: { failure: Failure | null }) {
  const t = useTranslations('approval')
  const errors = useTranslations('errors')
  if (!failure) return null
  return (
    <p className={styles.failure} role="alert">
      {failure === 'unknown' ? t('failure.unknown') : errors(failure)}
    </p>
  )
}
