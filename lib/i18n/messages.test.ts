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

function placeholders(sentence: string): string[] {
  return [...sentence.matchAll(/\{(\w+)[,}]/g)].map((match) => match[1] ?? '').sort()
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
    const of = (locale: (typeof locales)[number]) =>
      sentences(messages[locale]).map((sentence) => [...new Set(placeholders(sentence))])
    expect(of('en')).toEqual(of('da'))
  })
})
