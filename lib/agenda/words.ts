import { diffArrays } from 'diff'
import type { Inline, Mark } from '@/lib/agenda/prose.ts'

/** A run of letters that both texts share, or that one of them alone has. A hard break is a newline. */
export type Segment = { kind: 'same' | 'added' | 'removed'; text: string; marks?: Mark[] }

/** A word, the space between words or one sign, with its marks; `key` says all of it. */
export type Token = { text: string; marks: Mark[]; key: string }

// A number or an abbreviation is one word to a reader: "2020-2023", "1,23", "9.30", "d'Ærø".
const tokenPattern = /[\p{L}\p{N}\p{M}]+(?:[-.,:/'’][\p{L}\p{N}\p{M}]+)*|\s+|./gsu

/** Cuts text into words, spaces and signs; together they are the text again. */
export function cut(text: string): string[] {
  return text.match(tokenPattern) ?? []
}

/** Cuts text with marks into words, spaces and signs. Text is NFC, as in the canonical content. */
export function tokensOf(content: readonly Inline[] = []): Token[] {
  return joined(content).flatMap(({ text, marks }) => {
    const markKey = marksKey(marks)
    return cut(text).map((part) => ({ text: part, marks, key: `${markKey} ${part}` }))
  })
}

/** Cuts a line without marks. */
export function plainTokens(text: string): Token[] {
  return tokensOf([{ type: 'text', text }])
}

/** Is this something a reader would count as a word? */
export function isWord({ text }: { text: string }): boolean {
  return /[\p{L}\p{N}]/u.test(text)
}

type Run = { text: string; marks: Mark[] }

// Two runs with the same marks are one: where an editor happened to cut must not show as a change.
function joined(content: readonly Inline[]): Run[] {
  const runs: Run[] = []
  for (const part of content) {
    const run =
      part.type === 'text' ? { text: part.text.normalize('NFC'), marks: part.marks ?? [] } : lineBreak
    const last = runs.at(-1)
    if (last && marksKey(last.marks) === marksKey(run.marks)) last.text += run.text
    else runs.push({ ...run })
  }
  return runs
}

const lineBreak: Run = { text: '\n', marks: [] }

function marksKey(marks: readonly Mark[]): string {
  return marks
    .map((mark) => (mark.type === 'link' ? `link:${mark.attrs.href}` : mark.type))
    .sort()
    .join(' ')
}

/**
 * The difference of two texts word by word. Leaving out what is removed gives the new text, leaving out what is added
 * the old one. Of a run of changes the removed words come first.
 */
export function diffWords(before: readonly Token[], after: readonly Token[]): Segment[] {
  return segments(bridged(changesOf(before, after)))
}

type Change = { kind: Segment['kind']; tokens: Token[] }

function changesOf(before: readonly Token[], after: readonly Token[]): Change[] {
  const parts = diffArrays([...before], [...after], { comparator: (one, other) => one.key === other.key })
  return parts.map(({ added, removed, value }) => ({
    kind: added ? 'added' : removed ? 'removed' : 'same',
    tokens: value,
  }))
}

// "for 2020" → "frem til 2023" reads as one change, not as two with an unchanged space between them.
function bridged(changes: readonly Change[]): Change[] {
  const result: Change[] = []
  let removed: Token[] = []
  let added: Token[] = []
  const flush = () => {
    if (removed.length) result.push({ kind: 'removed', tokens: removed })
    if (added.length) result.push({ kind: 'added', tokens: added })
    removed = []
    added = []
  }
  for (const [at, change] of changes.entries()) {
    const inside = removed.length + added.length > 0 && at < changes.length - 1
    if (change.kind === 'removed') removed.push(...change.tokens)
    else if (change.kind === 'added') added.push(...change.tokens)
    else if (inside && !change.tokens.some(({ text }) => text.trim())) {
      removed.push(...change.tokens)
      added.push(...change.tokens)
    } else {
      flush()
      result.push(change)
    }
  }
  flush()
  return result
}

function segments(changes: readonly Change[]): Segment[] {
  const result: Segment[] = []
  for (const { kind, tokens } of changes) {
    for (const { text, marks } of tokens) {
      const last = result.at(-1)
      if (last?.kind === kind && marksKey(last.marks ?? []) === marksKey(marks)) last.text += text
      else result.push({ kind, text, ...(marks.length ? { marks } : {}) })
    }
  }
  return result
}
