import type { Metadata } from 'next'
import { notFound, redirect } from 'next/navigation'
import { getTranslations } from 'next-intl/server'
import { AccountMenu } from '@/components/identity/account-menu.tsx'
import { OfficeBar } from '@/components/meeting/office-bar.tsx'
import { PlanView } from '@/components/meeting/plan-view.tsx'
import { AppError } from '@/lib/errors.ts'
import type { Actor } from '@/lib/identity/schema.ts'
import { isDemoOn } from '@/lib/identity/service.ts'
import { currentActor } from '@/lib/identity/session.ts'
import { loadPlan } from '@/lib/meeting/service.ts'

export const dynamic = 'force-dynamic'

export async function generateMetadata(): Promise<Metadata> {
  return { title: (await getTranslations('meeting.planView'))('title') }
}

export default async function PlanPage({ params }: { params: Promise<{ id: string }> }) {
  const [{ id }, actor] = await Promise.all([params, currentActor()])
  if (!actor) redirect(`/log-ind?callbackUrl=/moeder/${encodeURIComponent(id)}/plan`)
  const plan = await load(actor, id)
  const role = actor.memberships[0]?.role ?? null
  return (
    <>
      <OfficeBar
        mayImport={false}
        account={<AccountMenu name={actor.name} initials={actor.initials} role={role} isDemo={isDemoOn()} />}
      />
      <PlanView plan={plan} />
    </>
  )
}

async function load(actor: Actor, id: string) {
  try {
    return await loadPlan(actor, id)
  } catch (error) {
    // Whoever does not work on the agenda needs not know that there is a plan.
    if (error instanceof AppError) notFound()
    throw error
  }
}
