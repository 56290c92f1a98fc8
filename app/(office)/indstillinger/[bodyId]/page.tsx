import type { Metadata } from 'next'
import { notFound, redirect } from 'next/navigation'
import { getTranslations } from 'next-intl/server'
import { RuleForm } from '@/components/approval/rule-form.tsx'
import { StandInForm } from '@/components/approval/stand-in-form.tsx'
import { BodySettings } from '@/components/dispatch/body-settings.tsx'
import { DeadlinesForm } from '@/components/dispatch/deadlines-form.tsx'
import { OfflineForm } from '@/components/dispatch/offline-form.tsx'
import { AccountMenu } from '@/components/identity/account-menu.tsx'
import { loadRule, loadStandIn } from '@/lib/approval/rule-service.ts'
import { loadOfflineRule } from '@/lib/dispatch/offline-service.ts'
import { loadDeadlines } from '@/lib/dispatch/service.ts'
import { AppError } from '@/lib/errors.ts'
import { calendarDay } from '@/lib/i18n/dates.ts'
import { bodiesOf } from '@/lib/identity/membership-service.ts'
import { type Actor, membershipIn } from '@/lib/identity/schema.ts'
import { isDemoOn } from '@/lib/identity/service.ts'
import { currentActor } from '@/lib/identity/session.ts'

export const dynamic = 'force-dynamic'

export async function generateMetadata(): Promise<Metadata> {
  return { title: (await getTranslations('dispatch.settings'))('title') }
}

export default async function SettingsPage({ params }: { params: Promise<{ bodyId: string }> }) {
  const { bodyId } = await params
  const actor = await currentActor()
  if (!actor) redirect(`/log-ind?callbackUrl=/indstillinger/${encodeURIComponent(bodyId)}`)
  const { deadlines, rule, standIn, keepsClosed, name } = await load(actor, bodyId)
  const role = membershipIn(actor, bodyId)?.role ?? null
  return (
    <BodySettings name={name} account={<AccountMenu {...actor} role={role} isDemo={isDemoOn()} />}>
      <DeadlinesForm bodyId={bodyId} rule={deadlines} />
      <RuleForm bodyId={bodyId} rule={rule} />
      <StandInForm bodyId={bodyId} standIn={standIn} today={calendarDay(new Date())} />
      <OfflineForm bodyId={bodyId} keepsClosed={keepsClosed} />
    </BodySettings>
  )
}

async function load(actor: Actor, bodyId: string) {
  try {
    const [deadlines, rule, standIn, keepsClosed, bodies] = await Promise.all([
      loadDeadlines(actor, bodyId),
      loadRule(actor, bodyId),
      loadStandIn(actor, bodyId),
      loadOfflineRule(actor, bodyId),
      bodiesOf(actor),
    ])
    return { deadlines, rule, standIn, keepsClosed, name: bodies.find(({ id }) => id === bodyId)?.name ?? '' }
  } catch (error) {
    // Whoever may not set anything of the body needs not know that there is something to set.
    if (error instanceof AppError) notFound()
    throw error
  }
}
