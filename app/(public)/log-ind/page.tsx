import type { Metadata } from 'next'
import { getTranslations } from 'next-intl/server'
import { SignIn } from '@/components/identity/sign-in.tsx'
import { signInWays } from '@/lib/identity/service.ts'
import { currentActor } from '@/lib/identity/session.ts'
import { type Search, signInSearch } from './search.ts'

export const dynamic = 'force-dynamic'

export async function generateMetadata(): Promise<Metadata> {
  const t = await getTranslations('identity')
  return { title: t('title'), referrer: 'no-referrer' }
}

export default async function SignInPage({ searchParams }: { searchParams: Promise<Search> }) {
  const { callbackUrl, error, message } = signInSearch(await searchParams)
  const [ways, actor] = await Promise.all([signInWays(), currentActor()])
  return (
    <SignIn
      ways={ways}
      signedInAs={actor?.name ?? null}
      callbackUrl={callbackUrl}
      error={error}
      message={message}
    />
  )
}
