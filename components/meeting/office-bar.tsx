import Link from 'next/link'
import { useTranslations } from 'next-intl'
import type { ReactNode } from 'react'
import { NoticeBell } from '@/components/notices/notice-bell.tsx'
import styles from './office-bar.module.css'

/** The bar over the pages that belong to no single meeting. */
export function OfficeBar({ mayImport, account }: { mayImport: boolean; account: ReactNode }) {
  const t = useTranslations('meeting.home')
  const c = useTranslations('common')
  return (
    <header className={styles.bar}>
      <Link href="/" className={styles.product}>
        {c('product')}
      </Link>
      <nav className={styles.links} aria-label={c('product')}>
        <Link href="/kalender">{t('calendar')}</Link>
        {mayImport && <Link href="/import">{t('import')}</Link>}
      </nav>
      <NoticeBell />
      {account}
    </header>
  )
}
