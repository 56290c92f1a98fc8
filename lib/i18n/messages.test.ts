import { describe, expect, it } from 'vitest'
import { errorCodes } from '@/lib/errors.ts'
import { locales, messages } from './messages.ts'

function keys(value: object, prefix = ''): string[] {
  return Object.entries(value).flatMap(([key, inner]) =>
    typeof inner === 'object' ? keys(inner, `${prefix}${key}.`) : [`${prefix}${key}`],
  )
}

function sentences(value: object): string[] {
  return Object.values(value).flatMap((inner) =>
    typeof inner === 'object' ? sentences(inner) : [`${inner}`],
  )
}

/** The values a sentence asks for: in ICU's form a brace at even depth opens a value, at odd depth a branch. */
function placeholders(sentence: string): string[] {
  const names = new Set<string>()
  let depth = 0
  for (const [at, letter] of [...sentence].entries()) {
    if (letter === '}') depth -= 1
    if (letter !== '{') continue
    if (depth % 2 === 0) names.add(/^\w+/.exec(sentence.slice(at + 1))?.[0] ?? '')
    depth += 1
  }
  return [...names].sort()
}

describe('the sentences of the interface', () => {
  it('has the same keys in every language', () => {
    expect(keys(messages.en)).toEqual(keys(messages.da))
  })

  it.each(locales)('has no empty sentence in %s', (locale) => {
    expect(sentences(messages[locale]).filter((sentence) => sentence.trim() === '')).toEqual([])
  })

  it.each(locales)('has a sentence for every error code in %s', (locale) => {
    expect(Object.keys(messages[locale].errors).sort()).toEqual([...errorCodes].sort())
  })

  it('names the same values in every language', () => {
    const of = (locale: (typeof locales)[number]) => sentences(messages[locale]).map(placeholders)
    expect(of('en')).toEqual(of('da'))
  })
})
