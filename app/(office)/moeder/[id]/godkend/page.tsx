import type { Metadata } from 'next'
import { notFound, redirect } from 'next/navigation'
import { getTranslations } from 'next-intl/server'
import { ReviewDeck } from '@/components/approval/review-deck.tsx'
import { ReviewRefused } from '@/components/approval/review-refused.tsx'
import { loadReview } from '@/lib/approval/read-service.ts'
import { systemClock } from '@/lib/clock.ts'
import { AppError } from '@/lib/errors.ts'
import { currentActor } from '@/lib/identity/session.ts'

export const dynamic = 'force-dynamic'

export async function generateMetadata(): Promise<Metadata> {
  return { title: (await getTranslations('approval'))('title') }
}

export default async function ReviewPage({ params }: { params: Promise<{ id: string }> }) {
  const { id } = await params
  const actor = await currentActor()
  if (!actor) redirect(`/log-ind?callbackUrl=/moeder/${id}/godkend`)
  // Before it is read: what changes from now on is told to the page when it listens.
  const now = systemClock().toISOString()
  try {
    const review = await loadReview(actor, id)
    return <ReviewDeck initial={review} now={now} />
  } catch (error) {
    if (!(error instanceof AppError)) throw error
    if (error.code === 'forbidden') return <ReviewRefused meetingId={id} />
    notFound()
  }
}
