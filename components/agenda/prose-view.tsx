import type { ReactNode } from 'react'
import type { FieldName } from '@/lib/agenda/doc.ts'
import { type Block, type Inline, type Mark, type Prose, type Row, safeUrl } from '@/lib/agenda/prose.ts'
import { type Highlight, type Part, partsOf, placed } from './prose-parts.ts'
import './prose.css'

type Setting = { highlights: Highlight[]; heading: `h${2 | 3 | 4 | 5 | 6}` }

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
  if (!prose) return null
  const setting: Setting = { highlights, heading: `h${headingLevel}` }
  return (
    <div className="prose" data-field={field}>
      {blocks(prose.content, 0, setting)}
    </div>
  )
}

function blocks(content: Block[], offset: number, setting: Setting): ReactNode {
  return placed(content, offset).map(({ node, offset: at }) => block(node, at, setting))
}

function block(node: Block, offset: number, setting: Setting): ReactNode {
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

function table(rows: Row[], offset: number, setting: Setting): ReactNode {
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

function words(content: Inline[] | undefined, offset: number, setting: Setting): ReactNode {
  let at = offset
  return partsOf(content, offset, setting.highlights).map((part) => {
    const key = at
    at += part.text?.length ?? 1
    return highlighted(part, key)
  })
}

function highlighted(part: Part, key: number): ReactNode {
  const text = part.text === null ? <br key={key} /> : marked(part.text, part.marks, key)
  if (!part.highlights.length) return text
  const active = part.highlights.some((highlight) => highlight.active)
  const resolved = part.highlights.every((highlight) => highlight.resolved)
  return (
    <mark
      key={key}
      data-threads={part.highlights.map((highlight) => highlight.threadId).join(' ')}
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
