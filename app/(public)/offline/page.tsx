import type { Metadata } from 'next'
import { getTranslations } from 'next-intl/server'
import { KeptPage } from '@/components/offline/kept-page.tsx'

export const dynamic = 'force-dynamic'

export async function generateMetadata(): Promise<Metadata> {
  return { title: (await getTranslations('offline'))('listTitle') }
}

/** The shell: what is answered without a net. It holds no content; the browser reads that from what it keeps. */
export default function OfflinePage() {
  return <KeptPage />
}
