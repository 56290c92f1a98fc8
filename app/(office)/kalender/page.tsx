import type { Metadata } from 'next'
import { redirect } from 'next/navigation'
import { getTranslations } from 'next-intl/server'
import { AccountMenu } from '@/components/identity/account-menu.tsx'
import { CalendarSettings } from '@/components/meeting/calendar-settings.tsx'
import { OfficeBar } from '@/components/meeting/office-bar.tsx'
import { isDemoOn } from '@/lib/identity/service.ts'
import { currentActor } from '@/lib/identity/session.ts'
import { loadCalendar } from '@/lib/meeting/service.ts'

export const dynamic = 'force-dynamic'

export async function generateMetadata(): Promise<Metadata> {
  return { title: (await getTranslations('meeting.calendar'))('title') }
}

export default async function CalendarPage() {
  const actor = await currentActor()
  if (!actor) redirect('/log-ind?callbackUrl=/kalender')
  const { since } = await loadCalendar(actor)
  const role = actor.memberships[0]?.role ?? null
  return (
    <>
      <OfficeBar
        mayImport={false}
        account={<AccountMenu name={actor.name} initials={actor.initials} role={role} isDemo={isDemoOn()} />}
      />
      <CalendarSettings since={since} />
    </>
  )
}
