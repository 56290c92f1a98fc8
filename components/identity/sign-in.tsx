import Link from 'next/link'
import { useTranslations } from 'next-intl'
import { DemoList, type Persona } from './demo-list.tsx'
import { EmailForm } from './email-form.tsx'
import { LanguageSwitch } from './language-switch.tsx'
import { Notice } from './notice.tsx'
import { ProviderButton } from './provider-button.tsx'
import styles from './sign-in.module.css'

type SignInProps = {
  ways: { demo: readonly Persona[] | null; email: boolean; oidc: { name: string } | null }
  signedInAs: string | null
  callbackUrl: string
  error: string | undefined
  message: string | undefined
}

/** The sign-in page: what happened last, then the ways in that this installation offers. */
export function SignIn({ ways, signedInAs, callbackUrl, error, message }: SignInProps) {
  const t = useTranslations('identity')
  const { demo, email, oidc } = ways
  return (
    <main className={`${styles.page} ${demo ? styles.wide : ''}`}>
      <header className={styles.top}>
        <span className={styles.product}>{t('product')}</span>
        <LanguageSwitch />
      </header>
      <h1 className={styles.title}>{t('title')}</h1>
      <p className={styles.lead}>{t('lead')}</p>
      <Notice error={error} message={message} />
      {signedInAs !== null && (
        <p className={styles.told}>
          {t.rich('continue', { name: signedInAs, link: (words) => <a href={callbackUrl}>{words}</a> })}
        </p>
      )}
      {demo && <Demo people={demo} callbackUrl={callbackUrl} />}
      {oidc && <ProviderButton name={oidc.name} callbackUrl={callbackUrl} />}
      {oidc && email && <p className={styles.or}>{t('or')}</p>}
      {email && <EmailForm callbackUrl={callbackUrl} isSecond={oidc !== null} />}
      {!demo && !oidc && !email && <p className={styles.error}>{t('none')}</p>}
      <footer className={styles.foot}>
        <Link href="/tilgaengelighed">{t('accessibility')}</Link>
      </footer>
    </main>
  )
}

function Demo({ people, callbackUrl }: { people: readonly Persona[]; callbackUrl: string }) {
  const t = useTranslations('identity.demo')
  return (
    <>
      <h2 className={styles.heading}>{t('title')}</h2>
      <p className={styles.lead}>{people.length > 0 ? t('lead') : t('empty')}</p>
      <DemoList people={people} callbackUrl={callbackUrl} />
    </>
  )
}
