import { NextIntlClientProvider } from 'next-intl'
import { renderToStaticMarkup } from 'react-dom/server'
import { expect, test } from 'vitest'
import { emptyContent, type ItemContent } from '@/lib/agenda/doc.ts'
import { messages } from '@/lib/i18n/messages.ts'
import { KeptList } from './kept-aside.tsx'
import { keptTexts } from './kept-words.ts'

function content(background: string[], more: Partial<ItemContent> = {}): ItemContent {
  const paragraphs = background.map((text) => ({
    type: 'paragraph' as const,
    content: [{ type: 'text' as const, text }],
  }))
  return {
    ...emptyContent,
    title: 'Budget',
    ...more,
    fields: { ...emptyContent.fields, background: { type: 'doc', content: paragraphs } },
  }
}

const kept = (words: ItemContent, generation = 1) => ({ generation, content: words })

test('only what differs from the item as it is now is shown', () => {
  const now = content(['En', 'To'])
  expect(keptTexts([kept(content(['En', 'To, tre']))], now)).toEqual([
    { part: 'background', text: 'En\nTo, tre' },
  ])
  expect(keptTexts([kept(now)], now)).toEqual([])
})

test('where the item may not be read, all of it is shown, and the same words once', () => {
  const words = content(['En'], { kind: 'decision', caseworkers: ['jhp', 'chbo'] })
  expect(keptTexts([kept(words), kept(words, 2)], null)).toEqual([
    { part: 'title', text: 'Budget' },
    { part: 'caseworkers', text: 'jhp/chbo' },
    { part: 'kind', text: 'decision' },
    { part: 'background', text: 'En' },
  ])
})

test('words from two generations are both shown', () => {
  const texts = keptTexts([kept(content(['En'])), kept(content(['To']), 2)], content(['Tre']))
  expect(texts.map(({ text }) => text)).toEqual(['En', 'To'])
})

test('the words stand under the names of their fields', () => {
  const texts = keptTexts([kept(content(['En', 'To'], { kind: 'decision' }))], null)
  const html = renderToStaticMarkup(
    <NextIntlClientProvider locale="da" messages={messages.da} timeZone="Europe/Copenhagen">
      <KeptList texts={texts} />
    </NextIntlClientProvider>,
  )
  expect(html).toContain('<dt>Baggrund</dt><dd>En\nTo</dd>')
  expect(html).toContain('<dt>Punktets art</dt><dd>Beslutning</dd>')
})
