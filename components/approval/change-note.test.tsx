import { NextIntlClientProvider } from 'next-intl'
import type { ReactNode } from 'react'
import { renderToStaticMarkup } from 'react-dom/server'
import { describe, expect, test } from 'vitest'
import { differenceOf, type ExactWords } from '@/lib/agenda/diff.ts'
import { emptyContent } from '@/lib/agenda/doc.ts'
import type { Block } from '@/lib/agenda/prose.ts'
import { messages } from '@/lib/i18n/messages.ts'
import { ChangeNote } from './change-note.tsx'
import { DiffView } from './diff-view.tsx'

const now = '2019-09-04T08:00:00Z'
const approvedAt = '2019-09-03T19:07:00Z'

function words(...lines: string[]): ExactWords {
  const content = lines.map((text): Block => ({ type: 'paragraph', content: [{ type: 'text', text }] }))
  const fields = { ...emptyContent.fields, recommendation: { type: 'doc' as const, content } }
  return {
    content: { ...emptyContent, fields },
    frame: { visibility: 'open', publicTitle: null, annexes: [] },
  }
}

function shown(page: ReactNode, locale: 'da' | 'en' = 'da'): string {
  const html = renderToStaticMarkup(
    <NextIntlClientProvider locale={locale} messages={messages[locale]} timeZone="Europe/Copenhagen">
      {page}
    </NextIntlClientProvider>,
  )
  return html
    .replace(/<button.*?<\/button>/g, '')
    .replace(/<(ins|del)[^>]*>/g, '<$1>')
    .replace(/<(?!\/?(ins|del)>)[^>]+>/g, '')
    .trim()
}

function note(before: string, after: string, locale?: 'da' | 'en'): string {
  const difference = differenceOf(words(before), words(after))
  return shown(
    <ChangeNote difference={difference} basis={{ kind: 'approved', at: approvedAt }} now={now} />,
    locale,
  )
}

describe('the note of what changed', () => {
  test.each([
    ['strategi for 2020 nu', 'strategi for hele 2020-2023 nu', 'To ord er nye, ét er væk.'],
    ['strategi for perioden', 'strategi for hele perioden', 'Ét ord er nyt.'],
    ['en to tre fire', 'en', 'Tre ord er væk.'],
    [
      'en strategi for hele regionen',
      'en strategi for hele regionen a b c d e f g h i j k l m',
      '13 ord er nye.',
    ],
  ])('%s → %s', (before, after, sentence) => {
    expect(note(before, after)).toBe(`Ændret, siden du godkendte det i går kl. 21.07. ${sentence}`)
  })

  test('in English', () => {
    expect(note('for 2020 nu', 'for all of nu', 'en')).toBe(
      'Changed since you approved it yesterday at 21:07. Two words are new, one is gone.',
    )
  })
})

test('what is new and what is gone is told to those who listen as well', () => {
  const difference = differenceOf(
    words('strategi for 2020', 'Uændret'),
    words('strategi for 2023', 'Uændret'),
  )
  expect(shown(<DiffView difference={difference} />)).toBe(
    'Indstillingstrategi for <del>slettet: 2020</del><ins>tilføjet: 2023</ins>Uændret',
  )
  expect(shown(<DiffView difference={difference} onlyChanges />)).not.toContain('Uændret')
})

test('what moved says where it left and where it came, and is neither new nor gone', () => {
  const difference = differenceOf(
    words('Regionen bidrager med samme beløb.', 'Hver kommune orienterer byrådet.'),
    words('Hver kommune orienterer byrådet.', 'Regionen bidrager med samme beløb.'),
  )
  expect(shown(<DiffView difference={difference} />)).toBe(
    'IndstillingFlyttet herfra (1): Regionen bidrager med samme beløb.Hver kommune orienterer byrådet.Flyttet hertil (1): Regionen bidrager med samme beløb.',
  )
})

test('side by side each text stands alone, with what the other has not marked in it', () => {
  const difference = differenceOf(words('strategi for 2020', 'Væk er det'), words('strategi for 2023'))
  expect(shown(<DiffView difference={difference} side="before" />)).toBe(
    'Indstillingstrategi for <del>slettet: 2020</del><del>slettet: Væk er det</del>',
  )
  expect(shown(<DiffView difference={difference} side="after" />)).toBe(
    'Indstillingstrategi for <ins>tilføjet: 2023</ins>',
  )
})
