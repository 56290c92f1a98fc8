import type { Metadata } from 'next'
import { redirect } from 'next/navigation'
import { getTranslations } from 'next-intl/server'
import { AccountMenu } from '@/components/identity/account-menu.tsx'
import { OfficeBar } from '@/components/meeting/office-bar.tsx'
import { MailSettings } from '@/components/notices/mail-settings.tsx'
import { isDemoOn } from '@/lib/identity/service.ts'
import { currentActor } from '@/lib/identity/session.ts'
import { loadMailSettings } from '@/lib/notices/service.ts'

export const dynamic = 'force-dynamic'

export async function generateMetadata(): Promise<Metadata> {
  return { title: (await getTranslations('notices.settings'))('title') }
}

export default async function MailSettingsPage() {
  const actor = await currentActor()
  if (!actor) redirect('/log-ind?callbackUrl=/besked/indstillinger')
  const settings = await loadMailSettings(actor)
  const role = actor.memberships[0]?.role ?? null
  return (
    <>
      <OfficeBar
        mayImport={false}
        account={<AccountMenu name={actor.name} initials={actor.initials} role={role} isDemo={isDemoOn()} />}
      />
      <MailSettings settings={settings} />
    </>
  )
}
