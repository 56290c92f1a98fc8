import type { Metadata } from 'next'
import { getTranslations } from 'next-intl/server'
import { StatementPage } from '@/components/statement/statement-page.tsx'
import { loadStatement } from '@/lib/statement/service.ts'

export const dynamic = 'force-dynamic'

export async function generateMetadata(): Promise<Metadata> {
  return { title: (await getTranslations('statement'))('title') }
}

export default function AccessibilityStatementPage() {
  return <StatementPage statement={loadStatement()} />
}
