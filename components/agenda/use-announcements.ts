import { useTranslations } from 'next-intl'
import { useEffect, useRef } from 'react'
import { useAnnounceOthers } from '@/components/ui/live-region.tsx'
import type { AgendaView } from '@/lib/agenda/schema.ts'
import type { ApprovalsView } from '@/lib/approval/schema.ts'
import { itemsOf } from './arrangement.ts'
import type { Present } from './use-meeting.ts'

/** Tells screen readers what the others do: who moves to which item, and which approvals lapse, stand or fall. */
export function useAnnouncements(agenda: AgendaView, approvals: ApprovalsView, present: Present[]): void {
  const t = useTranslations('agenda.announce')
  const announce = useAnnounceOthers()
  const statuses = useRef(new Map(approvals.items.map((item) => [item.itemId, item.status])))
  const places = useRef(new Map<string, string | null>())

  useEffect(() => {
    const number = (itemId: string) => itemsOf(agenda).find((item) => item.id === itemId)?.number ?? ''
    for (const { itemId, status } of approvals.items) {
      const before = statuses.current.get(itemId)
      if (before && before !== status && status !== 'draft') announce(t(status, { number: number(itemId) }))
    }
    statuses.current = new Map(approvals.items.map((item) => [item.itemId, item.status]))
  }, [agenda, approvals, announce, t])

  useEffect(() => {
    const number = (itemId: string) => itemsOf(agenda).find((item) => item.id === itemId)?.number
    for (const person of present) {
      const at = person.item ? number(person.item) : undefined
      if (at && places.current.get(person.id) !== person.item)
        announce(t('here', { name: person.initials, number: at }))
    }
    places.current = new Map(present.map((person) => [person.id, person.item]))
  }, [agenda, present, announce, t])
}
