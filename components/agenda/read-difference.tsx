'use client'

import { useTranslations } from 'next-intl'
import { FetchFailed } from '@/components/approval/fetch-failed.tsx'
import { useFetched } from '@/components/approval/use-fetched.ts'
import { DifferenceView } from '@/components/dispatch/difference-view.tsx'
import { Skeleton } from '@/components/ui/skeleton.tsx'
import type { Difference } from '@/lib/agenda/diff.ts'

/** What changed in an item since the person last read it, word by word. */
export function ReadDifference({ itemId, contentHash }: { itemId: string; contentHash: string }) {
  const t = useTranslations('comments.reader')
  const [fetched, again] = useFetched<Difference | null>(
    `/api/items/${itemId}/read-difference?hash=${contentHash}`,
    '',
  )
  if (fetched.state === 'loading') return <Skeleton lines={2} label={t('loading')} />
  if (fetched.state === 'failed') return <FetchFailed again={again} />
  if (!fetched.value) return <p>{t('differenceGone')}</p>
  return <DifferenceView difference={fetched.value} />
}
