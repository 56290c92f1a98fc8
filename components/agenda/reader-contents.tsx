'use client'

import { useTranslations } from 'next-intl'
import { Padlock } from '@/components/ui/status-shape.tsx'
import type { AgendaView, ItemView } from '@/lib/agenda/schema.ts'
import styles from './reader-contents.module.css'
import type { News } from './reader-memory.ts'
import { itemAnchor } from './use-current-item.ts'

type ContentsProps = {
  agenda: AgendaView
  current: string | null
  news: Map<string, News>
  /** Open threads by item. */
  counts: Map<string, number>
  onGo: () => void
}

/** The table of contents: where one is, what is new, and where people talk. */
export function ReaderContents({ agenda, current, news, counts, onGo }: ContentsProps) {
  const t = useTranslations('comments.reader')
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
                      <ItemMarks item={item} news={news.get(item.id)} count={counts.get(item.id) ?? 0} />
                    </a>
                  </li>
                ))}
              </ol>
            )}
          </li>
        ))}
      </ol>
      <p className={styles.keys}>{t('keys')}</p>
    </nav>
  )
}

function ItemMarks({ item, news, count }: { item: ItemView; news: News | undefined; count: number }) {
  const t = useTranslations('comments.reader')
  return (
    <span className={styles.marks}>
      {item.visibility === 'closed' && <Padlock label={t('closedMark')} />}
      {count > 0 && (
        <span className={styles.count}>
          <span aria-hidden>{count}</span>
          <span className="sr-only">{t('threads', { count })}</span>
        </span>
      )}
      {news && (
        <>
          <span className={styles.news} title={t(news)} />
          <span className="sr-only">{t(news)}</span>
        </>
      )}
    </span>
  )
}

/** What an item is called for this reader: its title, or that it is on its way. */
export function nameOf(item: ItemView, t: (key: 'inPreparation') => string): string {
  return item.title || t('inPreparation')
}
