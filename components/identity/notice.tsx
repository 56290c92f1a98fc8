import { useTranslations } from 'next-intl'
import styles from './sign-in.module.css'

// next-auth's error codes → the sentence that says what to do about them.
const reasons: Readonly<Record<string, 'refused' | 'link' | 'mail' | 'provider' | 'demo'>> = {
  AccessDenied: 'refused',
  Verification: 'link',
  EmailSignin: 'mail',
  OAuthSignin: 'provider',
  OAuthCallback: 'provider',
  OAuthAccountNotLinked: 'provider',
  CredentialsSignin: 'demo',
}

const told = { sendt: 'sent', 'logget-ud': 'signedOut' } as const

/** What came of the last attempt: a reason, a link on its way, or a sign-out. */
export function Notice({ error, message }: { error: string | undefined; message: string | undefined }) {
  const t = useTranslations('identity')
  if (error !== undefined)
    return (
      <p role="alert" className={styles.error}>
        {t(`errors.${reasons[error] ?? 'other'}`)}
      </p>
    )
  const key = message === 'sendt' || message === 'logget-ud' ? told[message] : null
  return (
    key && (
      <p role="status" className={styles.told}>
        {t(`messages.${key}`)}
      </p>
    )
  )
}
