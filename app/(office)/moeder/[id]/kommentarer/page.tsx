import type { Metadata } from 'next'
import { notFound, redirect } from 'next/navigation'
import { getLocale, getTranslations } from 'next-intl/server'
import { AllComments } from '@/components/comments/all-comments.tsx'
import { narrowingOf } from '@/components/comments/all-comments-narrowing.ts'
import { AccountMenu } from '@/components/identity/account-menu.tsx'
import { OfficeBar } from '@/components/meeting/office-bar.tsx'
import { systemClock } from '@/lib/clock.ts'
import { loadAllComments } from '@/lib/comments/overview-service.ts'
import { AppError } from '@/lib/errors.ts'
import { formatDay } from '@/lib/i18n/dates.ts'
import { type Actor, membershipIn } from '@/lib/identity/schema.ts'
import { isDemoOn } from '@/lib/identity/service.ts'
import { currentActor } from '@/lib/identity/session.ts'

export const dynamic = 'force-dynamic'

type Props = {
  params: Promise<{ id: string }>
  searchParams: Promise<{ vis?: string | string[]; mine?: string | string[] }>
}

export async function generateMetadata({ params }: Props): Promise<Metadata> {
  const [{ id }, actor, locale] = await Promise.all([params, currentActor(), getLocale()])
  // The page sends them to sign in; "no such page" here would come first.
  if (!actor) return {}
  const t = await getTranslations('comments.all')
  const { body, meeting } = await load(actor, id)
  return { title: `${t('title')}, ${body.name}, ${formatDay(meeting.startsAt, locale)}` }
}

export default async function AllCommentsPage({ params, searchParams }: Props) {
  const [{ id }, wanted, actor] = await Promise.all([params, searchParams, currentActor()])
  if (!actor) redirect(`/log-ind?callbackUrl=/moeder/${encodeURIComponent(id)}/kommentarer`)
  // Before it is read: what changes from now on is told to the page when it listens.
  const now = systemClock().toISOString()
  const first = await load(actor, id)
  const role = membershipIn(actor, first.body.id)?.role ?? null
  return (
    <>
      <OfficeBar
        mayImport={false}
        account={<AccountMenu name={actor.name} initials={actor.initials} role={role} isDemo={isDemoOn()} />}
      />
      <AllComments first={first} userId={actor.userId} narrowing={narrowingOf(wanted)} now={now} />
    </>
  )
}

/** Answers "no such page" where there is none, or none this person may know of. */
async function load(actor: Actor, id: string) {
  try {
    return await loadAllComments(actor, id)
  } catch (error) {
    if (error instanceof AppError && error.code === 'not-found') notFound()
    throw error
  }
}
