import Link from 'next/link'
import { useTranslations } from 'next-intl'
import styles from './refused-notice.module.css'

/** Says that the page is no longer theirs; what stands on it stays, so that unsaved words can be copied. */
export function RefusedNotice() {
  const t = useTranslations('agenda.page')
  return (
    <div className={`stays ${styles.notice}`} role="alert">
      <span>{t('refused')}</span>
      <Link href="/">{t('home')}</Link>
    </div>
  )
}
