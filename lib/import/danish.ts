/** The longest word looked for at a line's end; more would make a hostile line slow, and no Danish word has it. */
export const longestWord = 80

/** Abbreviations whose full stop does not end a sentence; compared without case. */
const abbreviations = new Set(
  'bl.a. m.m. m.v. mv. m.fl. mfl. osv. o.l. o.lign. kl. kr. pr. ca. mio. mia. nr. jf. f.eks. fx. dvs. evt. inkl. ekskl. stk. hhv. vedr. pkt. afs. tlf. d.h.'.split(
    ' ',
  ),
)

const months = new Set(
  'januar februar marts april maj juni juli august september oktober november december'.split(' '),
)

/** Verbs that make a line a statement; a heading names its subject and has none of them. */
const finiteVerbs = new Set(
  'er var har havde skal skulle kan kunne vil ville må måtte bør burde bliver blev får fik lægges gøres indstilles foreslås drøftes orienteres fremlægges'.split(
    ' ',
  ),
)

/** Tells whether a text ends as a sentence or a lead-in does: not by an abbreviation's stop or a date's ("den 19."). */
export function closesSentence(text: string): boolean {
  const bare = text.slice(-longestWord).replace(/["”“»«'’)\]]+$/u, '')
  if (/[?!:]$/u.test(bare)) return true
  if (!bare.endsWith('.')) return false
  const word = lastWord(bare).replace(/^[^\p{L}\p{N}]+/u, '')
  return !abbreviations.has(word.toLowerCase()) && !/^\d{1,2}\.$/u.test(word)
}

/** Tells whether a text begins as a sentence may: with a capital or a number, quotation marks aside. */
export function opensSentence(text: string): boolean {
  return /^["”“»«'’([]*[\p{Lu}\p{N}]/u.test(text)
}

/** Tells whether a text begins in the middle of a sentence: in lower case, quotation marks and brackets aside. */
export function startsLowerCase(text: string): boolean {
  return /^["”“»«'’([]*\p{Ll}/u.test(text)
}

/** Tells whether a text states something, so that it can be no heading. */
export function hasFiniteVerb(text: string): boolean {
  return text
    .toLowerCase()
    .split(/[^\p{L}\p{M}]+/u)
    .some((word) => finiteVerbs.has(word))
}

/** Tells whether a text begins with what makes a number before it a date: "19. juni". */
export function startsWithMonth(text: string): boolean {
  return months.has(text.split(/[^\p{L}]/u, 1)[0]?.toLowerCase() ?? '')
}

/** The first word of a text. */
export function firstWord(text: string): string {
  return text.split(/\s/u, 1)[0] ?? ''
}

/** The last word of a text. */
export function lastWord(text: string): string {
  return text.slice(-longestWord).split(/\s/u).at(-1) ?? ''
}
