import { getTranslations } from 'next-intl/server'
import type { ReactNode } from 'react'
import { DemoBanner } from '@/components/identity/demo-banner.tsx'
import { OfflineKeeper } from '@/components/offline/offline-keeper.tsx'
import { SkipLink } from '@/components/ui/skip-link.tsx'
import { isDemoOn } from '@/lib/identity/service.ts'
import { currentActor } from '@/lib/identity/session.ts'

/** Signed-in pages. Each page has its own bar and a main element with the id "indhold". */
export default async function OfficeLayout({ children }: { children: ReactNode }) {
  const [t, actor] = await Promise.all([getTranslations('common'), currentActor()])
  return (
    <>
      <SkipLink to="indhold">{t('skip')}</SkipLink>
      {isDemoOn() && <DemoBanner />}
      {actor && <OfflineKeeper userId={actor.userId} />}
      {children}
    </>
  )
}
