import Link from 'next/link'
import { useTranslations } from 'next-intl'
import { buttonClass } from '@/components/ui/button.tsx'
import styles from './review.module.css'

/** The page for someone of the body who is not in its chairmanship. */
export function ReviewRefused({ meetingId }: { meetingId: string }) {
  const t = useTranslations('approval')
  return (
    <main id="indhold" className={`${styles.column} ${styles.empty}`}>
      <h1 className={styles.title}>{t('refused.title')}</h1>
      <p className={styles.lead}>{t('refused.text')}</p>
      <Link href={`/moeder/${meetingId}`} className={buttonClass('plain', styles.act)}>
        {t('toAgenda')}
      </Link>
    </main>
  )
}
