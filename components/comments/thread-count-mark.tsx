'use client'

import { useTranslations } from 'next-intl'
import { Count } from '@/components/ui/count.tsx'
import type { ThreadCount } from './thread-filter.ts'

/** How many conversations of an item are open; set off with the number of unread comments while there are any. */
export function ThreadCountMark({ open, unread }: ThreadCount) {
  const t = useTranslations('comments')
  return <Count count={open} unread={unread} label={t('counted', { open, unread })} />
}
