'use client'

import { useTranslations } from 'next-intl'
import { useFetched } from '@/components/approval/use-fetched.ts'
import { Skeleton } from '@/components/ui/skeleton.tsx'
import type { Difference } from '@/lib/agenda/diff.ts'
import { DifferenceView } from './difference-view.tsx'
import styles from './dispatch.module.css'

/** What changed in an item since it was last sent, word by word. */
export function SentDifference({ itemId }: { itemId: string }) {
  const t = useTranslations('approval')
  const [fetched] = useFetched<Difference | null>(`/api/items/${itemId}/sent-difference`, '')
  if (fetched.state === 'loading') return <Skeleton lines={2} label={t('panel.loading')} />
  if (fetched.state === 'failed') return <p className={styles.note}>{t('panel.failed')}</p>
  return fetched.value && <DifferenceView difference={fetched.value} />
}
