import type { Metadata } from 'next'
import { notFound, redirect } from 'next/navigation'
import { getTranslations } from 'next-intl/server'
import { Reader } from '@/components/agenda/reader.tsx'
import { systemClock } from '@/lib/clock.ts'
import { loadThreads } from '@/lib/comments/service.ts'
import { loadReading } from '@/lib/dispatch/reading-service.ts'
import { loadItemReadings } from '@/lib/dispatch/service.ts'
import { AppError } from '@/lib/errors.ts'
import type { Actor } from '@/lib/identity/schema.ts'
import { currentActor } from '@/lib/identity/session.ts'

export const dynamic = 'force-dynamic'

type Props = { params: Promise<{ id: string }>; searchParams: Promise<{ udgave?: string | string[] }> }

export async function generateMetadata(): Promise<Metadata> {
  return { title: (await getTranslations('comments.reader'))('title') }
}

export default async function ReaderPage({ params, searchParams }: Props) {
  const { id } = await params
  const { udgave: wanted } = await searchParams
  const actor = await currentActor()
  if (!actor) redirect(`/log-ind?callbackUrl=/moeder/${encodeURIComponent(id)}/laes`)
  // Before it is read: what changes from now on is told to the page when it listens.
  const now = systemClock().toISOString()
  const view = await load(actor, id, typeof wanted === 'string' ? wanted : null)
  const { edition, agenda } = view
  return <Reader key={`${edition?.number ?? agenda.may.openWorkspace}`} {...view} now={now} />
}

async function load(actor: Actor, id: string, wanted: string | null) {
  try {
    const [reading, threads, readings] = await Promise.all([
      loadReading(actor, id, wanted),
      loadThreads(actor, id),
      loadItemReadings(actor, id),
    ])
    // Conversations are placed in the words of now; what was sent before has its own.
    const isOld = reading.edition !== null && reading.edition.number !== null
    return { ...reading, readings, threads: isOld ? { ...threads, threads: [] } : threads }
  } catch (error) {
    if (error instanceof AppError && error.code === 'not-found') notFound()
    throw error
  }
}
