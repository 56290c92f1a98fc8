'use client'

import { useLocale, useTranslations } from 'next-intl'
import type { ItemOrigin as Origin } from '@/lib/agenda/schema.ts'
import { formatDay } from '@/lib/i18n/dates.ts'

/** Where an item came from: its history and conversations are read there when it is a copy. */
export function ItemOrigin({ origin }: { origin: Origin }) {
  const t = useTranslations('agenda.transfer')
  const day = formatDay(origin.startsAt, useLocale())
  const anchor = origin.itemId ? `#item-${origin.itemId}` : ''
  return (
    <a href={`/moeder/${origin.meetingId}${anchor}`}>
      {t(origin.kind === 'moved' ? 'movedFrom' : 'copiedFrom', { day })}
    </a>
  )
}
