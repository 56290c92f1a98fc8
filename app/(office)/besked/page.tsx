import type { Metadata } from 'next'
import { redirect } from 'next/navigation'
import { getTranslations } from 'next-intl/server'
import { AccountMenu } from '@/components/identity/account-menu.tsx'
import { OfficeBar } from '@/components/meeting/office-bar.tsx'
import { NoticeList } from '@/components/notices/notice-list.tsx'
import { systemClock } from '@/lib/clock.ts'
import { isDemoOn } from '@/lib/identity/service.ts'
import { currentActor } from '@/lib/identity/session.ts'
import { outboxesOf } from '@/lib/notices/outbox-service.ts'
import { listNotices } from '@/lib/notices/service.ts'

export const dynamic = 'force-dynamic'

export async function generateMetadata(): Promise<Metadata> {
  return { title: (await getTranslations('notices.list'))('title') }
}

export default async function NoticesPage() {
  const actor = await currentActor()
  if (!actor) redirect('/log-ind?callbackUrl=/besked')
  const [list, outboxes] = await Promise.all([listNotices(actor), outboxesOf(actor)])
  const role = actor.memberships[0]?.role ?? null
  return (
    <>
      <OfficeBar
        mayImport={false}
        account={<AccountMenu name={actor.name} initials={actor.initials} role={role} isDemo={isDemoOn()} />}
      />
      <NoticeList list={list} outboxes={outboxes} now={systemClock().toISOString()} />
    </>
  )
}
