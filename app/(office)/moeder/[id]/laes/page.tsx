import type { Metadata } from 'next'
import { notFound, redirect } from 'next/navigation'
import { getTranslations } from 'next-intl/server'
import { Reader } from '@/components/agenda/reader.tsx'
import { loadAgenda } from '@/lib/agenda/service.ts'
import { loadThreads } from '@/lib/comments/service.ts'
import { AppError } from '@/lib/errors.ts'
import type { Actor } from '@/lib/identity/schema.ts'
import { currentActor } from '@/lib/identity/session.ts'

export const dynamic = 'force-dynamic'

type Props = { params: Promise<{ id: string }> }

export async function generateMetadata(): Promise<Metadata> {
  return { title: (await getTranslations('comments.reader'))('title') }
}

export default async function ReaderPage({ params }: Props) {
  const { id } = await params
  const actor = await currentActor()
  if (!actor) redirect(`/log-ind?callbackUrl=/moeder/${encodeURIComponent(id)}/laes`)
  const view = await load(actor, id)
  return <Reader {...view} now={new Date().toISOString()} />
}

async function load(actor: Actor, id: string) {
  try {
    const [agenda, threads] = await Promise.all([loadAgenda(actor, id), loadThreads(actor, id)])
    return { agenda, threads }
  } catch (error) {
    if (error instanceof AppError && error.code === 'not-found') notFound()
    throw error
  }
}
