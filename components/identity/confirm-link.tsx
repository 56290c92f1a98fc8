import { useTranslations } from 'next-intl'
import { Button } from '@/components/ui/button.tsx'
import { LanguageSwitch } from './language-switch.tsx'
import styles from './sign-in.module.css'

type ConfirmLinkProps = { email: string | undefined; token: string | undefined; callbackUrl: string }

/** Where a mailed link leads: one more press uses it, since mail filters open every link they see. */
export function ConfirmLink({ email, token, callbackUrl }: ConfirmLinkProps) {
  const t = useTranslations('identity')
  const isWhole = Boolean(email && token)
  return (
    <main className={styles.page}>
      <header className={styles.top}>
        <span className={styles.product}>{t('product')}</span>
        <LanguageSwitch />
      </header>
      <h1 className={styles.title}>{t('confirm.title')}</h1>
      <p className={styles.lead}>
        {isWhole ? t('confirm.lead', { email: email ?? '' }) : t('confirm.broken')}
      </p>
      {isWhole ? (
        <form className={styles.form} action="/api/auth/callback/email">
          <input type="hidden" name="email" value={email} />
          <input type="hidden" name="token" value={token} />
          <input type="hidden" name="callbackUrl" value={callbackUrl} />
          <Button type="submit" look="go">
            {t('confirm.button')}
          </Button>
        </form>
      ) : (
        <a href="/log-ind">{t('confirm.again')}</a>
      )}
    </main>
  )
}
