import { useTranslations } from 'next-intl'
import styles from './demo-banner.module.css'

/** Says on every page that anybody on this machine can sign in as anybody. */
export function DemoBanner() {
  const t = useTranslations('identity.demo')
  return (
    <aside className={styles.banner} aria-label="Demo">
      <span>{t('banner')}</span> <a href="/log-ind">{t('switch')}</a>
    </aside>
  )
}
