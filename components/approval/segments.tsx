import { useTranslations } from 'next-intl'
import { Fragment, type ReactNode } from 'react'
import { type Mark, safeUrl } from '@/lib/agenda/prose.ts'
import type { Segment } from '@/lib/agenda/words.ts'
import styles from './diff-view.module.css'

/** One of the two texts that are compared. */
export type Side = 'before' | 'after'

type SegmentsProps = {
  segments: Segment[]
  /** One text of the two alone. */
  side?: Side
  /** The words only stand elsewhere: none of them is new or gone. */
  isMoved?: boolean
}

/** Words with what is new and what is gone marked by colour, by line and by a word for those who listen. */
export function Segments({ segments, side, isMoved = false }: SegmentsProps) {
  const t = useTranslations('approval')
  return keyed(segments).map(({ key, segment }) => {
    if (side && segment.kind === hidden[side]) return null
    const text = marked(lines(segment.text), segment.marks ?? [])
    if (segment.kind === 'same' || isMoved) return <Fragment key={key}>{text}</Fragment>
    const Change = segment.kind === 'added' ? 'ins' : 'del'
    return (
      <Change key={key} className={styles[segment.kind]}>
        <span className="sr-only">{t(`difference.${segment.kind}`)} </span>
        {text}
      </Change>
    )
  })
}

/** What a text has nothing of. */
export const hidden = { before: 'added', after: 'removed' } as const

// Where a segment begins and of which text it is says which one it is.
function keyed(segments: Segment[]): { key: string; segment: Segment }[] {
  let at = 0
  return segments.map((segment) => {
    const key = `${segment.kind} ${at}`
    at += segment.text.length
    return { key, segment }
  })
}

function lines(text: string): ReactNode {
  const [first, ...rest] = text.split('\n')
  let at = 0
  return (
    <>
      {first}
      {rest.map((line) => {
        at += line.length + 1
        return (
          <Fragment key={at}>
            <br />
            {line}
          </Fragment>
        )
      })}
    </>
  )
}

function marked(text: ReactNode, marks: Mark[]): ReactNode {
  let shown = text
  for (const mark of marks.toReversed()) shown = markedOnce(shown, mark)
  return shown
}

function markedOnce(inner: ReactNode, mark: Mark): ReactNode {
  if (mark.type !== 'link') return mark.type === 'bold' ? <strong>{inner}</strong> : <em>{inner}</em>
  const href = safeUrl(mark.attrs.href)
  if (!href) return inner
  return (
    <a href={href} target="_blank" rel="noopener noreferrer nofollow">
      {inner}
    </a>
  )
}
