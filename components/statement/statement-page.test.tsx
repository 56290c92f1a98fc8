import { NextIntlClientProvider } from 'next-intl'
import { renderToStaticMarkup } from 'react-dom/server'
import { expect, test } from 'vitest'
import { messages } from '@/lib/i18n/messages.ts'
import type { Statement } from '@/lib/statement/schema.ts'
import { StatementPage } from './statement-page.tsx'

const statement: Statement = {
  body: 'Et Fælles Råd',
  email: 'post@raadet.example',
  phone: '12 34 56 78',
  status: 'partial',
  date: '2026-11-27',
  method: 'self',
  shortcomings: 'Ældre bilag er skannet.',
}

function shown(given: Statement | null, locale: 'da' | 'en' = 'da'): string {
  return renderToStaticMarkup(
    <NextIntlClientProvider locale={locale} messages={messages[locale]} timeZone="Europe/Copenhagen">
      <StatementPage statement={given} />
    </NextIntlClientProvider>,
  )
}

test('says what the settings say: status, shortcomings, day, contact and where to complain', () => {
  const page = shown(statement)
  for (const words of [
    'Et Fælles Råd er forpligtet',
    'overholder delvist',
    'Ældre bilag er skannet.',
    'egen vurdering den 27. november 2026',
    'href="mailto:post@raadet.example"',
    'href="tel:12345678"',
    'Digitaliseringsstyrelsen',
  ])
    expect(page).toContain(words)
  expect(shown({ ...statement, status: 'full', shortcomings: null })).not.toContain('Utilgængeligt indhold')
})

test('claims nothing where nobody has filled it', () => {
  const page = shown(null)
  expect(page).toContain('endnu ikke udfyldt')
  expect(page).not.toContain('WCAG')
})
