import type { Metadata } from 'next'
import { getTranslations } from 'next-intl/server'
import { ConfirmLink } from '@/components/identity/confirm-link.tsx'
import { one, type Search, signInSearch } from '../search.ts'

export const dynamic = 'force-dynamic'

export async function generateMetadata(): Promise<Metadata> {
  const t = await getTranslations('identity.confirm')
  return { title: t('title'), referrer: 'no-referrer', robots: 'noindex' }
}

export default async function ConfirmPage({ searchParams }: { searchParams: Promise<Search> }) {
  const search = await searchParams
  return (
    <ConfirmLink
      email={one(search.email)}
      token={one(search.token)}
      callbackUrl={signInSearch(search).callbackUrl}
    />
  )
}
