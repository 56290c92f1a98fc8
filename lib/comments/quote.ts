/** A stretch of a field's text, in offsets of `textBlocks`. */
export type Place = { from: number; to: number }

/** The most letters a thread's words may have. */
export const longestQuote = 2000

/** Shorter words stand in many places by chance, so they alone never tell where a thread belongs. */
const tellingLength = 12

/** The letters that stood around a thread's words when it was started; spaces are not counted. */
export type Context = { before: string; after: string }

/** So many letters in a row that are the quote's are taken for a part of it. */
const tellingRun = 4

/** A word's last letters that may have changed without it being another word. */
const longestEnding = 3

/** How many letters of a text are kept on either side of a thread's words. */
const contextLength = 24

/** How many more letters around it one place must share than the next best before it is told from that. */
const clearLead = 4

/**
 * Finds the words of a thread again by what they say, spaces and line ends not counted: where they overlap or touch
 * `near`; else where they stand only once and are long enough to mean that place, with what stood around them counted
 * as far as it still does. Null when there is any doubt.
 */
export function findQuote(
  text: string,
  quote: string,
  { near = null, context = null }: { near?: Place | null; context?: Context | null } = {},
): Place | null {
  const places = occurrences(text, quote)
  const close = near ? places.filter((place) => touches(text, place, near)) : []
  if (close.length === 1) return close[0] ?? null
  const [best, next] = places
    .map((place) => ({ place, around: context ? lettersAround(text, place, context) : 0 }))
    .sort((one, other) => other.around - one.around)
  if (!best || (next && best.around - next.around < clearLead)) return null
  return letters(quote).length + best.around >= tellingLength ? best.place : null
}

/** What stands around a place in a text, to know it by later. */
export function contextOf(text: string, { from, to }: Place): Context {
  return {
    before: letters(text.slice(0, from)).slice(-contextLength),
    after: letters(text.slice(to)).slice(0, contextLength),
  }
}

/** How many letters next to a place are those of the context, on both sides together. */
function lettersAround(text: string, place: Place, { before, after }: Context): number {
  const here = contextOf(text, place)
  const reverse = (words: string) => [...words].reverse().join('')
  return sharedLength(reverse(here.before), reverse(before)) + sharedLength(here.after, after)
}

function sharedLength(one: string, other: string): number {
  let length = 0
  while (length < one.length && one[length] === other[length]) length++
  return length
}

/**
 * Corrects where identity says the words stand by what they say: to the whole quote where it stands unbroken at
 * that place, else past the half words at its edges that are not the quote's. Null when nothing of the quote is left,
 * or, where neither of its ends is, too little to be sure: a paragraph the editor rewrote in place leaves both ends of
 * an anchor around words that came from elsewhere.
 */
export function settle(text: string, place: Place, quote: string): Place | null {
  const words = text.slice(place.from, place.to)
  if (saysSame(words, quote)) return place
  const whole = findQuote(text, quote, { near: place })
  if (whole && whole.from < place.to && place.from < whole.to) return whole
  if (!sharesLetters(words, quote)) return null
  const hasEnds = words.at(0) === quote.at(0) && words.at(-1) === quote.at(-1)
  if (hasEnds) return withoutHalfWords(text, place, quote)
  return sharesMost(words, quote) ? withoutOthers(text, place, quote) : null
}

/** Leaves out what stands before the first letters that are the quote's, and behind the last, at an edge that is gone. */
function withoutOthers(text: string, { from, to }: Place, quote: string): Place | null {
  const wanted = letters(quote)
  const run = Math.min(wanted.length, letters(text.slice(from, to)).length, tellingRun)
  const offsets = solidOffsets(text.slice(from, to)).map((at) => from + at)
  const isOwn = (at: number) => {
    const next = offsets.slice(at, at + run).map((offset) => text.charAt(offset))
    return next.length === run && wanted.includes(next.join(''))
  }
  const runs = offsets.flatMap((_, at) => (isOwn(at) ? [at] : []))
  const first = text.charAt(from) === quote.at(0) ? 0 : runs[0]
  const last = text.charAt(to - 1) === quote.at(-1) ? offsets.length - 1 : (runs.at(-1) ?? -run) + run - 1
  const [start, end] = [offsets[first ?? -1], offsets[last]]
  if (start === undefined || end === undefined) return null
  return { from: start, to: Math.min(end + 1 + endingLength(text, end + 1), to) }
}

/** The rest of a word that got another ending, such as "strategier" for "strategien". */
function endingLength(text: string, at: number): number {
  if (!/^[\p{L}\p{N}]{2}$/u.test(text.slice(at - 1, at + 1))) return 0
  const rest = /^[\p{L}\p{N}]*/u.exec(text.slice(at))?.[0].length ?? 0
  return rest <= longestEnding ? rest : 0
}

/** Are at least half of the letters of either in the other, in the same order? */
function sharesMost(words: string, quote: string): boolean {
  const [one, other] = [letters(words), letters(quote)]
  return 2 * commonLength(one, other) >= Math.min(one.length, other.length)
}

/** The length of the longest run of letters, with gaps, that stands in both. */
function commonLength(one: string, other: string): number {
  let lengths = Array.from({ length: other.length + 1 }, () => 0)
  for (const letter of one) {
    const next = [0]
    for (let at = 0; at < other.length; at++) {
      const without = Math.max(next[at] ?? 0, lengths[at + 1] ?? 0)
      next.push(letter === other[at] ? (lengths[at] ?? 0) + 1 : without)
    }
    lengths = next
  }
  return lengths.at(-1) ?? 0
}

function withoutHalfWords(text: string, place: Place, quote: string): Place {
  const inWord = (at: number) => /^[\p{L}\p{N}]{2}$/u.test(text.slice(at - 1, at + 1))
  const [first = '', last = ''] = [quote.split(/\s+/)[0], quote.split(/\s+/).at(-1)]
  const start = inWord(place.from) ? text.indexOf(first, place.from) : place.from
  const end = inWord(place.to) ? text.lastIndexOf(last, place.to - last.length) + last.length : place.to
  return {
    from: start >= place.from && start < place.to ? start : place.from,
    to: end > place.from && end <= place.to ? end : place.to,
  }
}

function sharesLetters(words: string, quote: string): boolean {
  const least = Math.min(2, quote.length)
  for (let at = 0; at + least <= quote.length; at++) {
    if (words.includes(quote.slice(at, at + least))) return true
  }
  return false
}

/** Do both say the same, spaces and line ends not counted? */
export function saysSame(one: string, other: string): boolean {
  return letters(one) === letters(other)
}

function letters(text: string): string {
  return text.replace(/\s+/g, '')
}

function occurrences(text: string, quote: string): Place[] {
  const wanted = letters(quote)
  if (!wanted) return []
  const offsets = solidOffsets(text)
  const solid = letters(text)
  const places: Place[] = []
  for (let at = solid.indexOf(wanted); at !== -1; at = solid.indexOf(wanted, at + 1)) {
    places.push({ from: offsets[at] ?? 0, to: (offsets[at + wanted.length - 1] ?? 0) + 1 })
  }
  return places
}

/** For each letter that is not a space, its offset in the text. */
function solidOffsets(text: string): number[] {
  const offsets: number[] = []
  for (let at = 0; at < text.length; at++) if (!/\s/.test(text.charAt(at))) offsets.push(at)
  return offsets
}

function touches(text: string, place: Place, near: Place): boolean {
  if (place.from <= near.to && near.from <= place.to) return true
  const gap = place.from > near.to ? text.slice(near.to, place.from) : text.slice(place.to, near.from)
  return gap.trim() === ''
}
