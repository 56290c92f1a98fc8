import { useTranslations } from 'next-intl'
import type { ReactNode } from 'react'
import '@/components/agenda/prose.css'
import type { BlockDiff, Change, Difference, Move, RowDiff } from '@/lib/agenda/diff.ts'
import styles from './diff-view.module.css'
import { hidden, Segments, type Side } from './segments.tsx'

type DiffViewProps = {
  difference: Difference
  /** Leave out the blocks in which nothing changed. */
  onlyChanges?: boolean
  /** One text of the two alone, with what the other has not marked in it. */
  side?: Side
  heading?: 'h2' | 'h3' | 'h4'
}

/** The fields of an item with every change marked word by word. */
export function DiffView({ difference, onlyChanges = false, side, heading: Heading = 'h2' }: DiffViewProps) {
  const t = useTranslations('agenda')
  return difference.fields
    .filter(({ change }) => !onlyChanges || change !== 'same')
    .map(({ field, blocks }) => (
      <section key={field} data-compared={field}>
        <Heading className={styles.label}>{t(`fields.${field}`)}</Heading>
        <div className="prose">
          <Blocks blocks={onlyChanges ? changed(blocks) : blocks} side={side} />
        </div>
      </section>
    ))
}

function changed(blocks: BlockDiff[]): BlockDiff[] {
  return blocks.filter(({ change }) => change !== 'same')
}

/** `isMoved` is true inside what moved as a whole: its words are neither new nor gone. */
type Shown = { side: Side | undefined; isMoved?: boolean }

/** Parts of a difference never move within one showing, so their place is what tells them apart. */
function keyed<T extends { change: Change }>(
  parts: T[],
  side: Side | undefined,
  show: (part: T, key: string, at: number) => ReactNode,
): ReactNode[] {
  return parts.map((part, at) => (side && part.change === hidden[side] ? null : show(part, `part-${at}`, at)))
}

function Blocks({ blocks, ...shown }: Shown & { blocks: BlockDiff[] }) {
  return keyed(blocks, shown.side, (part, key) => <Block key={key} part={part} {...shown} />)
}

function Block({ part, side, isMoved = false }: Shown & { part: BlockDiff }) {
  const inside = { side, isMoved: isMoved || part.move !== undefined }
  switch (part.type) {
    case 'paragraph':
    case 'heading': {
      const Text = part.type === 'paragraph' ? 'p' : 'h3'
      const onTheWay = part.change === 'added' && part.move?.words.length ? part.move.words : null
      return (
        <Text className={part.move && look(part)}>
          <MoveNote part={part} />
          <Segments
            segments={onTheWay ?? part.segments}
            side={side}
            isMoved={inside.isMoved && onTheWay === null}
          />
        </Text>
      )
    }
    case 'table':
      return (
        <div className="prose-table">
          <MoveNote part={part} />
          <table>
            <tbody>
              {keyed(part.rows, side, (row, key) => (
                <Cells key={key} row={row} {...inside} />
              ))}
            </tbody>
          </table>
        </div>
      )
    default: {
      const List = part.type === 'bulletList' ? 'ul' : 'ol'
      return (
        <>
          <MoveNote part={part} />
          <List>
            {keyed(part.items, side, (item, key) => (
              <li key={key} className={look(item)}>
                <MoveNote part={item} />
                <Blocks
                  blocks={item.blocks}
                  side={side}
                  isMoved={inside.isMoved || item.move !== undefined}
                />
              </li>
            ))}
          </List>
        </>
      )
    }
  }
}

function Cells({ row, side, isMoved = false }: Shown & { row: RowDiff }) {
  return (
    <tr className={look(row)}>
      {keyed(row.cells, side, (cell, key, at) => {
        const Cell = cell.type === 'tableHeader' ? 'th' : 'td'
        return (
          <Cell key={key}>
            {at === 0 && <MoveNote part={row} />}
            <Blocks blocks={cell.blocks} side={side} isMoved={isMoved || row.move !== undefined} />
          </Cell>
        )
      })}
    </tr>
  )
}

type Movable = { change: Change; move?: Move }

/** What moved says so where it left and where it came, under one number. */
function MoveNote({ part: { change, move } }: { part: Movable }) {
  const t = useTranslations('approval')
  if (!move) return null
  const where = change === 'added' ? 'movedHere' : 'movedAway'
  return (
    <span className={styles.move} data-aside>
      {t(`difference.${where}`, { number: move.number })}{' '}
    </span>
  )
}

function look({ change, move }: Movable): string | undefined {
  if (change !== 'added' && change !== 'removed') return undefined
  if (move) return change === 'removed' ? styles.movedAway : undefined
  return styles[`${change}Part`]
}
