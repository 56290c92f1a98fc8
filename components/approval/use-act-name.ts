import { useTranslations } from 'next-intl'
import type { HistoryEntry } from '@/lib/approval/schema.ts'

/** Says what happened in an item's history: "Godkendt", "Udsendt nr. 2". */
export function useActName(): (entry: Pick<HistoryEntry, 'kind' | 'edition'>) => string {
  const t = useTranslations('approval.history')
  return ({ kind, edition }) => {
    if (kind === 'dispatched' && edition) return t(`sent.${edition.kind}`, { ordinal: edition.ordinal })
    return t(kind)
  }
}
