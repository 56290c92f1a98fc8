import { useTranslations } from 'next-intl'
import { Skeleton } from '@/components/ui/skeleton.tsx'
import styles from './review.module.css'

/** The page while it is on its way. */
export function ReviewLoading() {
  const t = useTranslations('approval')
  return (
    <div className={styles.column}>
      <main id="indhold" className={styles.main} tabIndex={-1}>
        <Skeleton lines={8} label={t('loading')} />
      </main>
    </div>
  )
}
