/** A stretch of a field's text, in offsets of `textBlocks`. */
export type Place = { from: number; to: number }

/** Shorter words stand in many places by chance, so they alone never tell where a thread belongs. */
const tellingLength = 12

/**
 * Finds the words of a thread again by what they say, spaces and line ends not counted: where they overlap or touch
 * `near`, else where they stand only once and are long enough to mean that place. Null when there is any doubt.
 */
export function findQuote(text: string, quote: string, near: Place | null = null): Place | null {
  const places = occurrences(text, quote)
  const close = near ? places.filter((place) => touches(text, place, near)) : []
  if (close.length > 0) return close.length === 1 ? (close[0] ?? null) : null
  const telling = letters(quote).length >= tellingLength
  return telling && places.length === 1 ? (places[0] ?? null) : null
}

/**
 * Corrects where identity says the words stand by what they say: to the whole quote where it stands unbroken at
 * that place, else past the half words at its edges that are not the quote's. Null when nothing of the quote is left.
 */
export function settle(text: string, place: Place, quote: string): Place | null {
  const words = text.slice(place.from, place.to)
  if (saysSame(words, quote)) return place
  const whole = findQuote(text, quote, place)
  if (whole && whole.from < place.to && place.from < whole.to) return whole
  return sharesLetters(words, quote) ? withoutHalfWords(text, place, quote) : null
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
