'use client'

import { useTranslations } from 'next-intl'
import { Icon } from '@/components/ui/icon.tsx'
import { Menu, type MenuItem } from '@/components/ui/menu.tsx'
import type { ItemView } from '@/lib/agenda/schema.ts'
import { useActs } from './use-acts.ts'

type SendMenuProps = { drafts: ItemView[]; current: ItemView | null }

/** The act that is next while the agenda is prepared: send this item, or all not yet sent, to approval. */
export function SendMenu({ drafts, current }: SendMenuProps) {
  const t = useTranslations('agenda')
  const acts = useActs()
  if (drafts.length === 0) return null
  const here = drafts.find((item) => item.id === current?.id)
  const untitled = drafts.filter((item) => !item.title).length
  const ready = drafts.filter((item) => item.title)
  const items: MenuItem[] = []
  if (here) {
    items.push({
      id: 'this',
      label: t('send.this', { number: here.number }),
      hint: here.title || t('send.noTitle'),
      disabled: !here.title,
      onSelect: () => void acts.submit([here.id]),
    })
  }
  items.push({
    id: 'all',
    label: t('send.all', { count: ready.length }),
    ...(untitled && { hint: t('send.untitled', { count: untitled }) }),
    disabled: ready.length === 0,
    onSelect: () => void acts.submit(ready.map((item) => item.id)),
  })
  return (
    <Menu
      look="go"
      label={t('send.label')}
      button={
        <>
          {t('send.label')}
          <Icon name="down" size={14} />
        </>
      }
      items={items}
    />
  )
}
