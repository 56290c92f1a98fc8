import type { Metadata } from 'next'
import { notFound, redirect } from 'next/navigation'
import { getTranslations } from 'next-intl/server'
import { AccountMenu } from '@/components/identity/account-menu.tsx'
import { ImportForm } from '@/components/import/import-form.tsx'
import { OfficeBar } from '@/components/meeting/office-bar.tsx'
import { isDemoOn } from '@/lib/identity/service.ts'
import { currentActor } from '@/lib/identity/session.ts'
import { importableBodies } from '@/lib/import/service.ts'

export const dynamic = 'force-dynamic'

export async function generateMetadata(): Promise<Metadata> {
  return { title: (await getTranslations('import'))('title') }
}

export default async function ImportPage() {
  const actor = await currentActor()
  if (!actor) redirect('/log-ind?callbackUrl=/import')
  const bodies = await importableBodies(actor)
  if (bodies.length === 0) notFound()
  const role = actor.memberships.find(({ bodyId }) => bodyId === bodies[0]?.id)?.role ?? null
  return (
    <>
      <OfficeBar
        mayImport
        account={<AccountMenu name={actor.name} initials={actor.initials} role={role} isDemo={isDemoOn()} />}
      />
      <ImportForm bodies={bodies} />
    </>
  )
}
