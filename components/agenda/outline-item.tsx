'use client'

import { useTranslations } from 'next-intl'
import type { KeyboardEvent } from 'react'
import { ThreadCountMark } from '@/components/comments/thread-count-mark.tsx'
import { Padlock, StatusShape } from '@/components/ui/status-shape.tsx'
import type { ItemView, SectionView } from '@/lib/agenda/schema.ts'
import styles from './outline.module.css'
import type { OutlineProps } from './outline.tsx'
import { useActs } from './use-acts.ts'
import { itemAnchor } from './use-current-item.ts'
import type { Drag } from './use-drag.ts'
import { useTitle } from './use-live-item.ts'

type Props = OutlineProps & { item: ItemView; section: SectionView; index: number; drag: Drag }

/** One line of the outline. Alt+↑ and Alt+↓ move it; so does dragging. */
export function OutlineItem(props: Props) {
  const { item, section, index, drag, items, approvals, counts, present, current, agenda, readiness, onGo } =
    props
  const t = useTranslations('agenda')
  const acts = useActs()
  const title = useTitle(items, item)
  const status = approvals.items.find((one) => one.itemId === item.id)?.status ?? 'draft'
  const count = counts.get(item.id)
  const here = present.filter((person) => person.item === item.id)
  const mayArrange = agenda.may.arrange && item.may.arrange
  const change = readiness.changes.find((one) => one.itemId === item.id)?.change

  function onKeyDown(event: KeyboardEvent) {
    if (!event.altKey || !mayArrange) return
    const step = event.key === 'ArrowUp' ? -1 : event.key === 'ArrowDown' ? 1 : 0
    if (!step) return
    event.preventDefault()
    void acts.stepItem({ ...item, title }, step)
  }

  return (
    <li {...(mayArrange && drag.itemTarget(section, index))} data-drop={drag.marks(item.id)}>
      <a
        href={`#${itemAnchor(item.id)}`}
        className={styles.row}
        aria-current={item.id === current ? 'true' : undefined}
        {...(mayArrange && drag.item(item))}
        onKeyDown={onKeyDown}
        onClick={(event) => {
          event.preventDefault()
          onGo(item.id)
        }}
      >
        <span className={styles.shape}>
          <StatusShape status={status} label={t(`status.${status}`)} />
        </span>
        <span className={styles.number}>{item.number}</span>
        <span className={styles.title}>
          {title || <i className={styles.untitled}>{t('item.untitled')}</i>}
          {item.visibility === 'closed' && (
            <span className={styles.lock}>
              <Padlock label={t('visibility.closed')} />
            </span>
          )}
        </span>
        <span className={styles.marks}>
          {change && agenda.meeting.editionCount > 0 && (
            <span className={styles.change}>{t(`outline.${change}`)}</span>
          )}
          {count && <ThreadCountMark {...count} />}
          {here.map((person) => (
            <span
              key={person.id}
              className={styles.dot}
              style={{ background: person.colour }}
              title={t('outline.here', { name: person.name })}
            >
              <span className="sr-only">{t('outline.here', { name: person.name })}</span>
            </span>
          ))}
        </span>
      </a>
    </li>
  )
}
