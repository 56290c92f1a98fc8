'use client'

import { useTranslations } from 'next-intl'
import { memo, useRef } from 'react'
import type { FieldName } from '@/lib/agenda/doc.ts'
import { writtenFields } from '@/lib/agenda/rules.ts'
import type { ItemView } from '@/lib/agenda/schema.ts'
import type { ItemApprovals } from '@/lib/approval/schema.ts'
import type { TextSelection, ThreadView } from '@/lib/comments/schema.ts'
import type { ItemChange } from '@/lib/dispatch/schema.ts'
import { AgendaField } from './agenda-field.tsx'
import styles from './agenda-item.module.css'
import { AnnexList } from './annex-list.tsx'
import { ItemMeta } from './item-meta.tsx'
import { KeptAside } from './kept-aside.tsx'
import type { OpenItems } from './open-items.ts'
import { TitleEditor } from './title-editor.tsx'
import { itemAnchor } from './use-current-item.ts'
import { useLiveItem } from './use-live-item.ts'
import { useNearScreen } from './use-near-screen.ts'

export type AgendaItemProps = {
  item: ItemView
  approvals: ItemApprovals | undefined
  threads: ThreadView[]
  items: OpenItems
  isNew: boolean
  change: ItemChange['change'] | undefined
  activeThread: string | null
  onThread: (threadId: string) => void
  onComment: (itemId: string, selection: TextSelection) => void
}

/** One item on the page: printed by the server, live when near the screen. */
export const AgendaItem = memo(function AgendaItem(props: AgendaItemProps) {
  const { item, approvals, threads, items, isNew, activeThread, onThread, onComment } = props
  const t = useTranslations('agenda')
  const root = useRef<HTMLElement>(null)
  const near = useNearScreen(root)
  const live = useLiveItem(items, item, near)
  const label = `${item.number} ${item.title}`

  function focusField(field: FieldName) {
    const place = root.current?.querySelector<HTMLElement>(`[data-field-row="${field}"]`)
    place?.querySelector<HTMLElement>('[contenteditable="true"], button')?.focus()
  }

  const title = item.title || t('item.untitled')
  return (
    <article ref={root} id={itemAnchor(item.id)} tabIndex={-1} className={styles.item} aria-label={label}>
      <h3 className={styles.title} data-empty={item.title ? undefined : true}>
        <span className={styles.number}>{item.number}</span>{' '}
        {live ? (
          <TitleEditor
            key={live.key}
            live={live}
            focusOnOpen={isNew}
            printed={<span>{title}</span>}
            onEnter={() => focusField('background')}
          />
        ) : (
          <span>{title}</span>
        )}
      </h3>
      <ItemMeta item={item} live={live} approvals={approvals} change={props.change} />
      <KeptAside items={items} item={item} />
      {item.content &&
        writtenFields.map((field) => (
          <AgendaField
            key={field}
            item={item}
            live={live}
            field={field}
            threads={threads}
            activeThread={activeThread}
            onThread={onThread}
            onComment={onComment}
          />
        ))}
      <AnnexList item={item} />
    </article>
  )
})
