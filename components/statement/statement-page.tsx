import Link from 'next/link'
import { useLocale, useTranslations } from 'next-intl'
import { LanguageSwitch } from '@/components/identity/language-switch.tsx'
import { formatDay } from '@/lib/i18n/dates.ts'
import type { Statement } from '@/lib/statement/schema.ts'
import styles from './statement-page.module.css'

/** The accessibility statement in the form public bodies use, or that it is not filled in. */
export function StatementPage({ statement }: { statement: Statement | null }) {
  const t = useTranslations('statement')
  return (
    <main className={styles.page}>
      <header className={styles.top}>
        <Link href="/">{t('product')}</Link>
        <LanguageSwitch />
      </header>
      <h1>{t('title')}</h1>
      {statement ? <Filled {...statement} /> : <p>{t('empty')}</p>}
      <h2>{t('built.title')}</h2>
      <p>{t('built.text')}</p>
    </main>
  )
}

function Filled({ body, email, phone, status, date, method, shortcomings }: Statement) {
  const t = useTranslations('statement')
  const day = formatDay(date, useLocale())
  return (
    <>
      <p>{t('lead', { body })}</p>
      <h2>{t('status.title')}</h2>
      <p>{t(`status.${status}`)}</p>
      {shortcomings && (
        <>
          <h2>{t('shortcomings.title')}</h2>
          <p className={styles.own}>{shortcomings}</p>
          <p>{t('shortcomings.otherWay')}</p>
        </>
      )}
      <h2>{t('made.title')}</h2>
      <p>{t(`made.${method}`, { day })}</p>
      <h2>{t('contact.title')}</h2>
      <p>{t('contact.text', { body })}</p>
      <ul>
        <li>
          <a href={`mailto:${email}`}>{email}</a>
        </li>
        {phone && (
          <li>
            <a href={`tel:${phone.replaceAll(' ', '')}`}>{phone}</a>
          </li>
        )}
      </ul>
      <h2>{t('enforcement.title')}</h2>
      <p>
        {t.rich('enforcement.text', {
          link: (words) => <a href="https://digst.dk">{words}</a>,
        })}
      </p>
    </>
  )
}
