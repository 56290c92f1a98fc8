import type { Metadata } from 'next'
import { notFound, redirect } from 'next/navigation'
import { getTranslations } from 'next-intl/server'
import { ImportForm } from '@/components/import/import-form.tsx'
import { currentActor } from '@/lib/identity/session.ts'
import { importableBodies } from '@/lib/import/service.ts'

export const dynamic = 'force-dynamic'

export async function generateMetadata(): Promise<Metadata> {
  return { title: (await getTranslations('import'))('title') }
}

export default async function ImportPage() {
  const actor = await currentActor()
  if (!actor) redirect('/log-ind?callbackUrl=/import')
  const bodies = await importableBodies(actor)
  if (bodies.length === 0) notFound()
  return <ImportForm bodies={bodies} />
}
