'use client'

import { useTranslations } from 'next-intl'
import type { ReactNode } from 'react'
import { Padlock } from '@/components/ui/status-shape.tsx'
import { safeUrl } from '@/lib/agenda/prose.ts'
import type { AnnexView, ItemView } from '@/lib/agenda/schema.ts'
import type { Highlight } from './prose-parts.ts'
import { ProseView } from './prose-view.tsx'
import { nameOf } from './reader-contents.tsx'
import styles from './reader-item.module.css'
import type { News } from './reader-memory.ts'
import { itemAnchor } from './use-current-item.ts'

/** The order of print: a decision stands right after the recommendation it answers. */
const order = ['background', 'recommendation', 'decision', 'presentation'] as const
export type PrintedField = (typeof order)[number]

type ReaderItemProps = {
  item: ItemView
  /** Is it read as it was sent? Then so are its annexes. */
  isSent: boolean
  highlights: (field: PrintedField) => Highlight[]
  news: News | undefined
  /** The conversations beside the text. */
  margin: ReactNode
}

/** One item as it stands on the page of a book, with its conversations in the margin. */
export function ReaderItem({ item, isSent, highlights, news, margin }: ReaderItemProps) {
  const t = useTranslations('comments.reader')
  const d = useTranslations('dispatch')
  const { content } = item
  return (
    <article
      id={itemAnchor(item.id)}
      tabIndex={-1}
      className={styles.item}
      data-item={item.id}
      aria-labelledby={`${itemAnchor(item.id)}-title`}
    >
      <div className={styles.text}>
        <h3
          id={`${itemAnchor(item.id)}-title`}
          className={styles.title}
          data-unnamed={!item.title || undefined}
        >
          <span className={styles.number}>{item.number}</span> {nameOf(item, t)}
        </h3>
        <ItemMeta item={item} news={news} />
        {!content && item.visibility === 'closed' && item.title && (
          <p className={styles.hint}>{t('closedHint')}</p>
        )}
        {item.lateReason && <p className={styles.hint}>{d('lateShown', { reason: item.lateReason })}</p>}
        {content &&
          order.map((field) => {
            const prose = content.fields[field]
            if (!prose) return null
            return (
              <div key={field} className={styles.field}>
                <h4 className={styles.label}>{t(`field.${field}`)}</h4>
                <ProseView prose={prose} field={field} highlights={highlights(field)} headingLevel={5} />
              </div>
            )
          })}
        <Annexes annexes={item.annexes} path={isSent ? '/api/sent-annexes' : '/api/annexes'} />
      </div>
      {margin}
    </article>
  )
}

function ItemMeta({ item, news }: { item: ItemView; news: News | undefined }) {
  const t = useTranslations('comments.reader')
  const { content } = item
  if (!content && item.visibility === 'open') return null
  return (
    <div className={styles.meta}>
      {content?.caseNumber && <span>{content.caseNumber}</span>}
      {content && content.caseworkers.length > 0 && <span>{content.caseworkers.join('/')}</span>}
      {content?.kind && <span className={styles.chip}>{t(`kind.${content.kind}`)}</span>}
      {item.visibility === 'closed' && (
        <span className={styles.closed}>
          <Padlock /> {t('closed')}
        </span>
      )}
      {news && <span className={styles.news}>{t(news)}</span>}
    </div>
  )
}

function Annexes({ annexes, path }: { annexes: AnnexView[]; path: string }) {
  const t = useTranslations('comments.reader')
  if (annexes.length === 0) return null
  return (
    <ul className={styles.annexes} aria-label={t('annexes')}>
      {annexes.map((annex, at) => (
        <li key={annex.id}>
          <span aria-hidden>{at === 0 ? './.' : ''}</span>
          <Annex annex={annex} path={path} />
        </li>
      ))}
    </ul>
  )
}

function Annex({ annex, path }: { annex: AnnexView; path: string }) {
  const url = annex.url === null ? null : safeUrl(annex.url)
  // An annex an imported agenda only names has neither a file nor a link yet.
  if (!url && !annex.fileName) return <span>{annex.title}</span>
  return (
    <span>
      <a href={url ?? `${path}/${annex.id}`} target="_blank" rel="noopener noreferrer">
        {annex.title}
      </a>
      {annex.fileName && annex.size !== null && <small>{` ${fileNote(annex.fileName, annex.size)}`}</small>}
    </span>
  )
}

/** "PDF, 340 kB". */
function fileNote(name: string, size: number): string {
  const type = name.includes('.') ? `${name.slice(name.lastIndexOf('.') + 1).toUpperCase()}, ` : ''
  const amount =
    size < 1_000_000 ? `${Math.max(1, Math.round(size / 1000))} kB` : `${(size / 1_000_000).toFixed(1)} MB`
  return `(${type}${amount})`
}
