import { getTranslations } from 'next-intl/server'
import type { ReactNode } from 'react'
import { DemoBanner } from '@/components/identity/demo-banner.tsx'
import { SkipLink } from '@/components/ui/skip-link.tsx'
import { isDemoOn } from '@/lib/identity/service.ts'

/** Signed-in pages. Each page has its own bar and a main element with the id "indhold". */
export default async function OfficeLayout({ children }: { children: ReactNode }) {
  const t = await getTranslations('common')
  return (
    <>
      <SkipLink to="indhold">{t('skip')}</SkipLink>
      {isDemoOn() && <DemoBanner />}
      {children}
    </>
  )
}
