import { useTranslations } from 'next-intl'
import type { RefObject } from 'react'
import { ProseView } from '@/components/agenda/prose-view.tsx'
import { Padlock, StatusChip } from '@/components/ui/status-shape.tsx'
import type { Difference, ExactWords } from '@/lib/agenda/diff.ts'
import { writtenFields } from '@/lib/agenda/rules.ts'
import type { ReviewItem, ReviewView } from '@/lib/approval/schema.ts'
import { Chairmanship } from './chairmanship.tsx'
import { type Basis, ChangeNote } from './change-note.tsx'
import diffStyles from './diff-view.module.css'
import { DiffView } from './diff-view.tsx'
import styles from './review.module.css'
import { ReviewAnnexes } from './review-annexes.tsx'
import { Segments } from './segments.tsx'

type TextProps = {
  item: ReviewItem
  view: ReviewView
  words: ExactWords
  shown: { difference: Difference; basis: Basis } | null
  now: string
  titleRef: RefObject<HTMLHeadingElement | null>
}

/** An item as the chairmanship reads it: plain, or with what changed marked in place. */
export function ReviewItemText({ item, view, words, shown, now, titleRef }: TextProps) {
  const t = useTranslations('approval')
  const { content } = words
  const difference = shown?.difference ?? null
  const isEmpty = writtenFields.every((field) => !content.fields[field]) && !difference?.fields.length
  return (
    <article className={styles.item} data-item={item.id}>
      <h1 ref={titleRef} tabIndex={-1} className={styles.title}>
        <span>{item.number}</span>{' '}
        {difference ? <Segments segments={difference.title} /> : content.title || t('untitled')}
      </h1>
      <Meta item={item} words={words} difference={difference} />
      {shown && <ChangeNote {...shown} now={now} />}
      {difference ? <DiffView difference={difference} /> : <Fields words={words} />}
      {isEmpty && <p className={styles.nothing}>{t('nothingWritten')}</p>}
      <ReviewAnnexes annexes={item.annexes} difference={difference} />
      <Chairmanship
        approvals={item.approvals}
        rule={view.rule}
        standInUntil={view.standInUntil}
        me={view.me}
        now={now}
      />
    </article>
  )
}

function Meta({
  item,
  words,
  difference,
}: {
  item: ReviewItem
  words: ExactWords
  difference: Difference | null
}) {
  const t = useTranslations('approval')
  const tAgenda = useTranslations('agenda')
  const { content, frame } = words
  return (
    <>
      <div className={styles.meta}>
        {content.caseNumber && <span>{content.caseNumber}</span>}
        {content.caseworkers.length > 0 && <span>{content.caseworkers.join('/')}</span>}
        {content.kind && <span className={styles.chip}>{tAgenda(`kind.${content.kind}`)}</span>}
        {frame.visibility === 'closed' && (
          <span className={styles.chip}>
            <Padlock /> {tAgenda('visibility.closed')}
          </span>
        )}
        <StatusChip status={item.approvals.status}>{t(`status.${item.approvals.status}`)}</StatusChip>
      </div>
      {frame.visibility === 'closed' && (
        <p className={styles.publicTitle}>
          {t('publicTitle')}{' '}
          {difference ? <Segments segments={difference.publicTitle} /> : <span>{frame.publicTitle}</span>}
        </p>
      )}
    </>
  )
}

function Fields({ words }: { words: ExactWords }) {
  const t = useTranslations('agenda')
  return writtenFields.map((field) => {
    const prose = words.content.fields[field]
    if (!prose) return null
    return (
      <section key={field}>
        <h2 className={diffStyles.label}>{t(`fields.${field}`)}</h2>
        <ProseView prose={prose} field={field} headingLevel={3} />
      </section>
    )
  })
}
