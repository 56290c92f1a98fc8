import type { Metadata } from 'next'
import { notFound, redirect } from 'next/navigation'
import { getTranslations } from 'next-intl/server'
import { AccountMenu } from '@/components/identity/account-menu.tsx'
import { OfficeBar } from '@/components/meeting/office-bar.tsx'
import { PlanForm } from '@/components/meeting/plan-form.tsx'
import { membershipIn } from '@/lib/identity/schema.ts'
import { isDemoOn } from '@/lib/identity/service.ts'
import { currentActor } from '@/lib/identity/session.ts'
import { plannableBodies } from '@/lib/meeting/service.ts'

export const dynamic = 'force-dynamic'

type Props = { searchParams: Promise<{ body?: string | string[] }> }

export async function generateMetadata(): Promise<Metadata> {
  return { title: (await getTranslations('meeting.plan'))('title') }
}

export default async function NewMeetingPage({ searchParams }: Props) {
  const [{ body: wanted }, actor] = await Promise.all([searchParams, currentActor()])
  if (!actor) redirect('/log-ind?callbackUrl=/moeder/nyt')
  const bodies = await plannableBodies(actor)
  const body = bodies.find(({ id }) => id === wanted) ?? bodies[0]
  if (!body) notFound()
  const role = membershipIn(actor, body.id)?.role ?? null
  return (
    <>
      <OfficeBar
        mayImport
        account={<AccountMenu name={actor.name} initials={actor.initials} role={role} isDemo={isDemoOn()} />}
      />
      <PlanForm bodies={bodies} bodyId={body.id} />
    </>
  )
}
