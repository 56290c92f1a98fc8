import { longestQuote } from '@/lib/comments/quote.ts'

/** Where words stand in a text, in UTF-16 units; null when they do not, stand there more than once, or are too many. */
export function onlyPlace(text: string, words: string): { from: number; to: number } | null {
  if (!words || words.length > longestQuote) return null
  const from = text.indexOf(words)
  if (from < 0 || text.indexOf(words, from + 1) >= 0) return null
  return { from, to: from + words.length }
}
