import { Fragment, type ReactNode } from 'react'
import type { FieldName } from '@/lib/agenda/doc.ts'
import { type Block, type Inline, type Mark, type Prose, type Row, safeUrl } from '@/lib/agenda/prose.ts'
import { type Highlight, partsOf, placed, type Stretch } from './prose-parts.ts'
import './prose.css'

/** Paints a run of words under the stretches it lies in, `before` being those of the run before it in its block. */
type Paint<S> = (run: { over: S[]; before: S[]; text: ReactNode }) => ReactNode

type Setting<S extends Stretch> = { painted: readonly S[]; paint: Paint<S>; heading: `h${2 | 3 | 4 | 5 | 6}` }

/**
 * The text of a field as HTML, for server and client components alike. Every textblock carries `data-offset`, so
 * that a selection in the page can be told as offsets into the field's text.
 */
export function ProseView({
  prose,
  field,
  highlights = [],
  headingLevel = 4,
}: {
  prose: Prose | null
  field?: FieldName
  highlights?: Highlight[]
  headingLevel?: 2 | 3 | 4 | 5 | 6
}) {
  return (
    <PaintedProse
      prose={prose}
      {...(field && { field })}
      painted={highlights}
      paint={highlighted}
      headingLevel={headingLevel}
    />
  )
}

/** The same with stretches of any kind, painted in one's own way. */
export function PaintedProse<S extends Stretch>({
  prose,
  field,
  painted,
  paint,
  headingLevel = 4,
}: {
  prose: Prose | null
  field?: FieldName
  painted: readonly S[]
  paint: Paint<S>
  headingLevel?: 2 | 3 | 4 | 5 | 6
}) {
  if (!prose) return null
  return (
    <div className="prose" data-field={field}>
      {blocks(prose.content, 0, { painted, paint, heading: `h${headingLevel}` })}
    </div>
  )
}

function blocks<S extends Stretch>(content: Block[], offset: number, setting: Setting<S>): ReactNode {
  return placed(content, offset).map(({ node, offset: at }) => block(node, at, setting))
}

function block<S extends Stretch>(node: Block, offset: number, setting: Setting<S>): ReactNode {
  const Heading = setting.heading
  switch (node.type) {
    case 'paragraph':
      return (
        <p key={offset} data-offset={offset}>
          {words(node.content, offset, setting)}
        </p>
      )
    case 'heading':
      return (
        <Heading key={offset} data-offset={offset}>
          {words(node.content, offset, setting)}
        </Heading>
      )
    case 'table':
      return (
        <div key={offset} className="prose-table">
          {table(node.content, offset, setting)}
        </div>
      )
    default: {
      const List = node.type === 'bulletList' ? 'ul' : 'ol'
      return (
        <List key={offset}>
          {placed(node.content, offset).map(({ node: item, offset: at }) => (
            <li key={at}>{blocks(item.content, at, setting)}</li>
          ))}
        </List>
      )
    }
  }
}

function table<S extends Stretch>(rows: Row[], offset: number, setting: Setting<S>): ReactNode {
  return (
    <table>
      <tbody>
        {placed(rows, offset).map(({ node: row, offset: rowAt }) => (
          <tr key={rowAt}>
            {placed(row.content, rowAt).map(({ node: cell, offset: at }) => {
              const content = blocks(cell.content, at, setting)
              return cell.type === 'tableHeader' ? <th key={at}>{content}</th> : <td key={at}>{content}</td>
            })}
          </tr>
        ))}
      </tbody>
    </table>
  )
}

function words<S extends Stretch>(
  content: Inline[] | undefined,
  offset: number,
  setting: Setting<S>,
): ReactNode {
  let at = offset
  return partsOf(content, offset, setting.painted).map(({ text, marks, over }, index, parts) => {
    const key = at
    at += text?.length ?? 1
    const shown = text === null ? <br key={key} /> : marked(text, marks, key)
    if (!over.length) return shown
    const run = { over, before: parts[index - 1]?.over ?? [], text: shown }
    return <Fragment key={key}>{setting.paint(run)}</Fragment>
  })
}

function highlighted({ over, before, text }: { over: Highlight[]; before: Highlight[]; text: ReactNode }) {
  const active = over.some((highlight) => highlight.active)
  const resolved = over.every((highlight) => highlight.resolved)
  const begins = over.some((highlight) => !before.some(({ threadId }) => threadId === highlight.threadId))
  return (
    <mark
      data-threads={over.map((highlight) => highlight.threadId).join(' ')}
      data-begins={begins || undefined}
      data-active={active || undefined}
      data-resolved={resolved || undefined}
    >
      {text}
    </mark>
  )
}

function marked(text: string, marks: Mark[], key: number): ReactNode {
  return marks.reduceRight<ReactNode>((inner, mark) => {
    if (mark.type !== 'link') {
      return mark.type === 'bold' ? <strong key={key}>{inner}</strong> : <em key={key}>{inner}</em>
    }
    const href = safeUrl(mark.attrs.href)
    if (!href) return inner
    return (
      <a key={key} href={href} target="_blank" rel="noopener noreferrer nofollow">
        {inner}
      </a>
    )
  }, text)
}
