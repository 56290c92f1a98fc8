'use client'

import { useTranslations } from 'next-intl'
import { Button } from '@/components/ui/button.tsx'
import { useAskAuth } from './use-ask-auth.ts'

/** Goes to the identity provider to sign in. */
export function ProviderButton({ name, callbackUrl }: { name: string; callbackUrl: string }) {
  const t = useTranslations('identity')
  const { asking, ask } = useAskAuth()
  return (
    <>
      <Button look="go" disabled={asking === 'working'} onClick={() => ask('signin/oidc', { callbackUrl })}>
        {asking === 'working' ? t('working') : t('oidc.button', { name })}
      </Button>
      {asking === 'away' && <p role="alert">{t('offline')}</p>}
    </>
  )
}
