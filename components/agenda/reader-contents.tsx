'use client'

import { useTranslations } from 'next-intl'
import type { ReactNode } from 'react'
import { ThreadCountMark } from '@/components/comments/thread-count-mark.tsx'
import type { ThreadCount } from '@/components/comments/thread-filter.ts'
import { Icon } from '@/components/ui/icon.tsx'
import { useAnnouncing } from '@/components/ui/live-region.tsx'
import { Padlock } from '@/components/ui/status-shape.tsx'
import type { AgendaView, ItemView } from '@/lib/agenda/schema.ts'
import styles from './reader-contents.module.css'
import type { Mark } from './reader-marks.ts'
import { itemAnchor } from './use-current-item.ts'

type ContentsProps = {
  agenda: AgendaView
  current: string | null
  marks: Map<string, Mark>
  counts: Map<string, ThreadCount>
  /** What stands below the list. */
  children: ReactNode
  onGo: () => void
}

/** The table of contents: where one is, what is new, and where people talk. */
export function ReaderContents({ agenda, current, marks, counts, children, onGo }: ContentsProps) {
  const t = useTranslations('comments.reader')
  const announcing = useAnnouncing()
  const read = [...marks.values()].filter((mark) => mark === 'read').length
  return (
    <nav className={styles.contents} aria-label={t('contents')}>
      <ol>
        {agenda.sections.map((section) => (
          <li key={section.id}>
            <a className={styles.section} href={`#section-${section.id}`} onClick={onGo}>
              <span>{section.number}</span> {section.title}
            </a>
            {section.items.length > 0 && (
              <ol>
                {section.items.map((item) => (
                  <li key={item.id}>
                    <a
                      className={styles.item}
                      href={`#${itemAnchor(item.id)}`}
                      aria-current={item.id === current ? 'location' : undefined}
                      onClick={onGo}
                    >
                      <span className={styles.number}>{item.number}</span>
                      <span>{nameOf(item, t)}</span>
                      <ItemMarks item={item} mark={marks.get(item.id)} count={counts.get(item.id)} />
                    </a>
                  </li>
                ))}
              </ol>
            )}
          </li>
        ))}
      </ol>
      {marks.size > 0 && <p className={styles.progress}>{t('progress', { read, count: marks.size })}</p>}
      {children}
      <p className={styles.keys}>{t('keys')}</p>
      <label className={styles.announce}>
        <input
          type="checkbox"
          checked={announcing.isOn}
          onChange={(event) => announcing.turn(event.target.checked)}
        />
        {t('announce')}
      </label>
    </nav>
  )
}

type MarksProps = { item: ItemView; mark: Mark | undefined; count: ThreadCount | undefined }

function ItemMarks({ item, mark, count }: MarksProps) {
  const t = useTranslations('comments.reader')
  return (
    <span className={styles.marks}>
      {item.visibility === 'closed' && <Padlock label={t('closedMark')} />}
      {count && <ThreadCountMark {...count} />}
      {mark && mark !== 'unread' && (
        <span className={styles[mark]} title={t(`mark.${mark}`)}>
          {mark === 'read' && <Icon name="tick" size={11} />}
          <span className="sr-only">{t(`mark.${mark}`)}</span>
        </span>
      )}
    </span>
  )
}

/** What an item is called for this reader: its title, or that it is on its way. */
export function nameOf(item: ItemView, t: (key: 'inPreparation') => string): string {
  return item.title || t('inPreparation')
}
