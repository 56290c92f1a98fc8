import type { Metadata } from 'next'
import { notFound, redirect } from 'next/navigation'
import { getTranslations } from 'next-intl/server'
import { AccountMenu } from '@/components/identity/account-menu.tsx'
import { OfficeBar } from '@/components/meeting/office-bar.tsx'
import { TemplateEditor } from '@/components/meeting/template-editor.tsx'
import { AppError } from '@/lib/errors.ts'
import { type Actor, membershipIn } from '@/lib/identity/schema.ts'
import { isDemoOn } from '@/lib/identity/service.ts'
import { currentActor } from '@/lib/identity/session.ts'
import { loadTemplate } from '@/lib/meeting/service.ts'

export const dynamic = 'force-dynamic'

export async function generateMetadata(): Promise<Metadata> {
  return { title: (await getTranslations('meeting.template'))('title') }
}

export default async function TemplatePage({ params }: { params: Promise<{ bodyId: string }> }) {
  const [{ bodyId }, actor] = await Promise.all([params, currentActor()])
  if (!actor) redirect(`/log-ind?callbackUrl=/skabeloner/${encodeURIComponent(bodyId)}`)
  const view = await load(actor, bodyId)
  const role = membershipIn(actor, bodyId)?.role ?? null
  return (
    <>
      <OfficeBar
        mayImport={false}
        account={<AccountMenu name={actor.name} initials={actor.initials} role={role} isDemo={isDemoOn()} />}
      />
      <TemplateEditor view={view} />
    </>
  )
}

async function load(actor: Actor, bodyId: string) {
  try {
    return await loadTemplate(actor, bodyId)
  } catch (error) {
    // Whoever may not edit it needs not know that there is one.
    if (error instanceof AppError) notFound()
    throw error
  }
}
