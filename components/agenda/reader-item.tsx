'use client'

import { useTranslations } from 'next-intl'
import { lazy, type MouseEvent, type ReactNode, Suspense, useContext, useState } from 'react'
import { Waiting } from '@/components/offline/later.ts'
import { KeptContext } from '@/components/offline/use-offline.ts'
import { Button } from '@/components/ui/button.tsx'
import { Icon } from '@/components/ui/icon.tsx'
import { Padlock } from '@/components/ui/status-shape.tsx'
import { safeUrl } from '@/lib/agenda/prose.ts'
import type { AnnexView, ItemView } from '@/lib/agenda/schema.ts'
import { isShowable, type ShownAnnex } from './annex-file.ts'
import type { Highlight } from './prose-parts.ts'
import { ProseView } from './prose-view.tsx'
import { nameOf } from './reader-contents.tsx'
import styles from './reader-item.module.css'
import type { Mark } from './reader-marks.ts'
import { itemAnchor } from './use-current-item.ts'

const ReadDifference = lazy(async () => ({ default: (await import('./read-difference.tsx')).ReadDifference }))

/** The order of print: a decision stands right after the recommendation it answers. */
const order = ['background', 'recommendation', 'decision', 'presentation'] as const
export type PrintedField = (typeof order)[number]

type ReaderItemProps = {
  item: ItemView
  /** Is it read as it was sent? Then so are its annexes. */
  isSent: boolean
  highlights: (field: PrintedField) => Highlight[]
  /** What it was to the person when they came, and what it is by now; undefined where its words are not theirs. */
  news: Mark | undefined
  mark: Mark | undefined
  onMark: (itemId: string) => void
  onAnnex: (annex: ShownAnnex) => void
  /** The conversations beside the text. */
  margin: ReactNode
}

/** One item as it stands on the page of a book, with its conversations in the margin. */
export function ReaderItem({
  item,
  isSent,
  highlights,
  news,
  mark,
  onMark,
  onAnnex,
  margin,
}: ReaderItemProps) {
  const t = useTranslations('comments.reader')
  const d = useTranslations('dispatch')
  const o = useTranslations('offline')
  const leavesOutClosed = useContext(KeptContext)?.leavesOutClosed
  const { content } = item
  return (
    <article
      id={itemAnchor(item.id)}
      tabIndex={-1}
      className={styles.item}
      data-item={item.id}
      data-alone={!margin || undefined}
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
        <ItemMeta item={item} news={news} mark={mark} onMark={() => onMark(item.id)} />
        {item.isRecused && <p className={styles.hint}>{t('recused')}</p>}
        {news === 'changed' && item.contentHash && (
          <Changes itemId={item.id} contentHash={item.contentHash} />
        )}
        {!content && !item.isRecused && item.visibility === 'closed' && item.title && (
          <p className={styles.hint}>{leavesOutClosed ? o('closedHint') : t('closedHint')}</p>
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
        <Annexes
          annexes={item.annexes}
          path={isSent ? '/api/sent-annexes' : '/api/annexes'}
          onAnnex={onAnnex}
        />
        <Suspense>
          <Waiting itemId={item.id} />
        </Suspense>
      </div>
      {margin}
    </article>
  )
}

function Changes({ itemId, contentHash }: { itemId: string; contentHash: string }) {
  const t = useTranslations('comments.reader')
  const [isShown, setIsShown] = useState(false)
  return (
    <div className={styles.changes}>
      <button type="button" aria-expanded={isShown} onClick={() => setIsShown(!isShown)}>
        {t(isShown ? 'hideChanges' : 'showChanges')}
      </button>
      <Suspense>{isShown && <ReadDifference itemId={itemId} contentHash={contentHash} />}</Suspense>
    </div>
  )
}

type MetaProps = Pick<ReaderItemProps, 'item' | 'news' | 'mark'> & { onMark: () => void }

function ItemMeta({ item, news, mark, onMark }: MetaProps) {
  const t = useTranslations('comments.reader')
  const { content } = item
  const isNews = news === 'new' || news === 'changed'
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
      {isNews && <span className={styles.news}>{t(`mark.${news}`)}</span>}
      {mark && (
        <Button
          look="quiet"
          className={styles.mark}
          aria-pressed={mark === 'read'}
          title={t(mark === 'read' ? 'markUnread' : 'markRead')}
          onClick={onMark}
        >
          {mark === 'read' && <Icon name="tick" size={12} />}
          {t(mark === 'read' ? 'mark.read' : 'markRead')}
        </Button>
      )}
    </div>
  )
}

type AnnexesProps = { annexes: AnnexView[]; path: string; onAnnex: (annex: ShownAnnex) => void }

function Annexes({ annexes, path, onAnnex }: AnnexesProps) {
  const t = useTranslations('comments.reader')
  if (annexes.length === 0) return null
  return (
    <ul className={styles.annexes} aria-label={t('annexes')}>
      {annexes.map((annex, at) => (
        <li key={annex.id}>
          <span aria-hidden>{at === 0 ? './.' : ''}</span>
          <Annex annex={annex} path={path} onAnnex={onAnnex} />
        </li>
      ))}
    </ul>
  )
}

type AnnexProps = { annex: AnnexView; path: string; onAnnex: (annex: ShownAnnex) => void }

function Annex({ annex, path, onAnnex }: AnnexProps) {
  const url = annex.url === null ? null : safeUrl(annex.url)
  // An annex an imported agenda only names has neither a file nor a link yet.
  if (!url && !annex.fileName) return <span>{annex.title}</span>
  const { id, title, contentType } = annex
  const file = `${path}/${id}`
  function show(event: MouseEvent) {
    // A new window or a download is what was asked for, or all that can be done.
    if (url || !isShowable(contentType) || event.ctrlKey || event.metaKey || event.shiftKey) return
    event.preventDefault()
    onAnnex({ id, title, url: file, contentType })
  }
  return (
    <span>
      <a href={url ?? file} target="_blank" rel="noopener noreferrer" onClick={show}>
        {title}
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
