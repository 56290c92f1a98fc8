/** The line under an item's title: the case file's number and who wrote the item. */
export type CaseLine = { caseNumber: string; caseworkers: string[] }

const longestCaseLine = 80
const label = /^(?:sag|sagsnr|sagsnummer|sag nr|journalnr|j\. ?nr)[.:]*\s+(?=\S*\d)/iu
const initials = /^\p{L}{2,5}(?:\s?[/,]\s?\p{L}{2,5})*$/u
const years = /^(?:19|20)\d\d[-/](?:(?:19|20)\d\d|\d\d)$/u
const date = /^\d{1,2}[./-]\d{1,2}[./-](?:\d\d){1,2}$/u

/** Reads a case line ("SAG-2019-03640 chbo/jhp"), or null for any other line. */
export function readCaseLine(text: string): CaseLine | null {
  if (text.length > longestCaseLine) return null
  const [caseNumber = '', ...rest] = text.replace(label, '').split(/\s+/u)
  const writers = rest.join(' ')
  if (writers !== '' && !initials.test(writers)) return null
  if (!isCaseNumber(caseNumber, writers === '' ? 5 : 4)) return null
  return { caseNumber, caseworkers: writers === '' ? [] : writers.split(/\s?[/,]\s?/u) }
}

/** Records systems number in many ways, but always with a run of digits and parts held together by - / or a dot. */
function isCaseNumber(word: string, leastDigits: number): boolean {
  const digits = word.replace(/\D/gu, '').length
  const isInParts = /^[\p{Lu}\d]+(?:[-/.][\p{L}\d]+)+$/u.test(word)
  const isLongNumber = /^\p{Lu}{0,5}\d{5,}$/u.test(word)
  const isTime = years.test(word) || date.test(word)
  return (isInParts || isLongNumber) && digits >= leastDigits && !isTime
}
