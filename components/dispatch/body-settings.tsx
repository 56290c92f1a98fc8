import { useTranslations } from 'next-intl'
import type { ReactNode } from 'react'
import { OfficeBar } from '@/components/meeting/office-bar.tsx'
import styles from './dispatch.module.css'

type BodySettingsProps = { name: string; account: ReactNode; children: ReactNode }

/** The page on which a body sets its own rules. */
export function BodySettings({ name, account, children }: BodySettingsProps) {
  const t = useTranslations('dispatch.settings')
  return (
    <>
      <OfficeBar mayImport={false} account={account} />
      <main id="indhold" className={styles.settings}>
        <p className={styles.kicker}>{t('title')}</p>
        <h1>{name}</h1>
        {children}
      </main>
    </>
  )
}
