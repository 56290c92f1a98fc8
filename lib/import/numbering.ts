/** A section's number and title as one line gives them: "3. Regionalpolitiske sager". */
export type SectionNumber = { section: number; title: string }

/** An item's number and title: "3.1. Temadrøftelse"; `dotted` when a full stop follows the last figure. */
export type ItemNumber = { section: number; item: number; dotted: boolean; title: string }

/** Reads a section's numbered title, or null. */
export function readSectionNumber(text: string): SectionNumber | null {
  const match = /^(\d{1,3})\.\s+(\S.*)$/su.exec(text)
  return match ? { section: Number(match[1]), title: match[2] ?? '' } : null
}

/** Reads an item's numbered title, or null; items count from 1, so "2.0" is never one. */
export function readItemNumber(text: string): ItemNumber | null {
  const match = /^(\d{1,3})\.(\d{1,3})(\.?)\s+(\S.*)$/su.exec(text)
  if (!match || Number(match[2]) === 0) return null
  return {
    section: Number(match[1]),
    item: Number(match[2]),
    dotted: match[3] === '.',
    title: match[4] ?? '',
  }
}
