import { useTranslations } from 'next-intl'
import type { ReactNode } from 'react'
import '@/components/agenda/prose.css'
import type { BlockDiff, Change, Difference } from '@/lib/approval/diff.ts'
import styles from './diff-view.module.css'
import { Segments } from './segments.tsx'

type DiffViewProps = {
  difference: Difference
  /** Leave out the blocks in which nothing changed. */
  onlyChanges?: boolean
  heading?: 'h2' | 'h3' | 'h4'
}

/** The fields of an item with every change marked word by word. */
export function DiffView({ difference, onlyChanges = false, heading: Heading = 'h2' }: DiffViewProps) {
  const t = useTranslations('agenda')
  return difference.fields
    .filter(({ change }) => !onlyChanges || change !== 'same')
    .map(({ field, blocks }) => (
      <section key={field}>
        <Heading className={styles.label}>{t(`fields.${field}`)}</Heading>
        <div className="prose">{keyed(onlyChanges ? changed(blocks) : blocks, block)}</div>
      </section>
    ))
}

function changed(blocks: BlockDiff[]): BlockDiff[] {
  return blocks.filter(({ change }) => change !== 'same')
}

/** Parts of a difference never move within one showing, so their place is what tells them apart. */
function keyed<T>(parts: T[], show: (part: T, key: string) => ReactNode): ReactNode[] {
  return parts.map((part, at) => show(part, `part-${at}`))
}

function block(part: BlockDiff, key: string): ReactNode {
  switch (part.type) {
    case 'paragraph':
      return (
        <p key={key}>
          <Segments segments={part.segments} />
        </p>
      )
    case 'heading':
      return (
        <h3 key={key}>
          <Segments segments={part.segments} />
        </h3>
      )
    case 'table':
      return (
        <div key={key} className="prose-table">
          <table>
            <tbody>
              {keyed(part.rows, (row, rowKey) => (
                <tr key={rowKey} className={look(row.change)}>
                  {keyed(row.cells, (cell, cellKey) => {
                    const Cell = cell.type === 'tableHeader' ? 'th' : 'td'
                    return <Cell key={cellKey}>{keyed(cell.blocks, block)}</Cell>
                  })}
                </tr>
              ))}
            </tbody>
          </table>
        </div>
      )
    default: {
      const List = part.type === 'bulletList' ? 'ul' : 'ol'
      return (
        <List key={key}>
          {keyed(part.items, (item, itemKey) => (
            <li key={itemKey} className={look(item.change)}>
              {keyed(item.blocks, block)}
            </li>
          ))}
        </List>
      )
    }
  }
}

function look(change: Change): string | undefined {
  return change === 'added' || change === 'removed' ? styles[`${change}Part`] : undefined
}
