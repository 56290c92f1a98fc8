import type { Metadata } from 'next'
import { notFound, redirect } from 'next/navigation'
import { getTranslations } from 'next-intl/server'
import { AccountMenu } from '@/components/identity/account-menu.tsx'
import { OfficeBar } from '@/components/meeting/office-bar.tsx'
import { Outbox } from '@/components/notices/outbox.tsx'
import { systemClock } from '@/lib/clock.ts'
import { AppError } from '@/lib/errors.ts'
import { membershipIn } from '@/lib/identity/schema.ts'
import { isDemoOn } from '@/lib/identity/service.ts'
import { currentActor } from '@/lib/identity/session.ts'
import { loadOutbox } from '@/lib/notices/outbox-service.ts'

export const dynamic = 'force-dynamic'

type Props = { params: Promise<{ bodyId: string }> }

export async function generateMetadata(): Promise<Metadata> {
  return { title: (await getTranslations('notices.outbox'))('title') }
}

export default async function OutboxPage({ params }: Props) {
  const [{ bodyId }, actor] = await Promise.all([params, currentActor()])
  if (!actor) redirect(`/log-ind?callbackUrl=/udbakke/${bodyId}`)
  const outbox = await loadOutbox(actor, bodyId).catch((error: unknown) => {
    if (error instanceof AppError && error.code === 'not-found') notFound()
    throw error
  })
  const role = membershipIn(actor, bodyId)?.role ?? null
  return (
    <>
      <OfficeBar
        mayImport={false}
        account={<AccountMenu name={actor.name} initials={actor.initials} role={role} isDemo={isDemoOn()} />}
      />
      <Outbox outbox={outbox} now={systemClock().toISOString()} />
    </>
  )
}
