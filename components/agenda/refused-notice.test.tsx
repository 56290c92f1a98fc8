import { NextIntlClientProvider } from 'next-intl'
import { renderToStaticMarkup } from 'react-dom/server'
import { expect, test } from 'vitest'
import { messages } from '@/lib/i18n/messages.ts'
import { RefusedNotice } from './refused-notice.tsx'

test('who may not read the agenda any more is told so, with the way to the front page', () => {
  const html = renderToStaticMarkup(
    <NextIntlClientProvider locale="da" messages={messages.da} timeZone="Europe/Copenhagen">
      <RefusedNotice />
    </NextIntlClientProvider>,
  )
  expect(html).toContain('role="alert"')
  expect(html).toContain('Du har ikke længere adgang til dagsordenen')
  expect(html).toContain('<a href="/">Til forsiden</a>')
})
