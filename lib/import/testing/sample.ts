import { readAgendaText } from '../rules.ts'
import type { AgendaText, ItemText } from '../schema.ts'

/** A double-spaced text from one line each; '' is a paragraph's gap, and a line begun with a space opens a page. */
export function setLines(lines: string[]): string {
  return lines
    .map((line, index) => (line === '' ? ' \n\n' : `${line}\n${turnsPage(lines[index + 1])}`))
    .join('')
}

function turnsPage(next: string | undefined): string {
  return next?.startsWith(' ') ? '' : '\n'
}

/** Reads lines as an agenda; throws when they are none. */
export function readLinesAsAgenda(lines: string[]): AgendaText {
  const read = readAgendaText(setLines(lines))
  if (!read.ok) throw new Error(read.reason)
  return read.agenda
}

/** Reads lines as what stands under the case line of the only item of an agenda. */
export function readItem(lines: string[]): ItemText {
  const head = ['1. Sager', '', '1.1. En sag', 'SAG-2026-00001 jhp', '']
  const [item] = readLinesAsAgenda([...head, ...lines]).sections[0]?.items ?? []
  if (!item) throw new Error('no item')
  return item
}
