import type { CommentedItem, ThreadState } from './overview.ts'
import type { Scope, ThreadKind, ThreadView } from './schema.ts'

/** The columns of the table of comments, in order. */
export const tableColumns = [
  'number',
  'item',
  'kind',
  'scope',
  'state',
  'quote',
  'who',
  'when',
  'text',
  'assignee',
] as const

/** One comment: a cell for each of `tableColumns`. */
export type TableRow = Record<(typeof tableColumns)[number], string>

/** The words of a table, in the language it is written in. */
export type TableWords = {
  heads: TableRow
  kind: Record<ThreadKind, string>
  scope: Record<Scope, string>
  state: Record<ThreadState, string>
  deleted: string
  closed: (title: string) => string
  numbered: (number: string) => string
  when: (at: string) => string
}

/** What a table is made of. */
export type TableSource = {
  items: CommentedItem[]
  threads: ThreadView[]
  stateOf: (thread: ThreadView) => ThreadState
}

/** One row for each comment, by item and in the order they were said; private notes are nobody else's to have. */
export function tableRows({ items, threads, stateOf }: TableSource, words: TableWords): TableRow[] {
  return items.flatMap((item) =>
    threads
      .filter(({ itemId, scope }) => itemId === item.id && scope !== 'private')
      .flatMap((thread) =>
        thread.comments.map(({ name, at, text }) => ({
          number: item.number,
          item: item.isClosed ? words.closed(item.title) : item.title,
          kind: words.kind[thread.kind],
          scope: words.scope[thread.scope],
          state: words.state[stateOf(thread)],
          quote: thread.quote,
          who: name,
          when: words.when(at),
          text: text ?? words.deleted,
          assignee: thread.assignee?.name ?? '',
        })),
      ),
  )
}

/**
 * The table as text for a spreadsheet in Danish: semicolons between cells, CRLF line ends, UTF-8 with its mark. No cell
 * is read as a formula, and no item number as a day or a time.
 */
export function tableCsv(rows: TableRow[], { heads, numbered }: TableWords): string {
  const told = rows.map((row) => ({ ...row, number: row.number && numbered(row.number) }))
  const lines = [heads, ...told].map((row) => tableColumns.map((column) => csvCell(row[column])).join(';'))
  return `\ufeff${lines.map((line) => `${line}\r\n`).join('')}`
}

/** One cell: an apostrophe before what a spreadsheet would run, quotation marks where they are needed. */
export function csvCell(text: string): string {
  const safe = /^[=+\-@\t\r\n]/.test(text) ? `'${text}` : text
  return /[";,\t\r\n]|^\s|\s$/.test(safe) ? `"${safe.replaceAll('"', '""')}"` : safe
}

/** The name of the table's file without its ending: letters, digits and hyphens only. */
export function tableFileName(words: string[]): string {
  return words
    .join('-')
    .toLowerCase()
    .replace(/[^\p{L}\p{N}]+/gu, '-')
    .replace(/^-|-$/g, '')
}
