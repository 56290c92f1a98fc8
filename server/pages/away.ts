import type { IncomingMessage, ServerResponse } from 'node:http'
import type { ErrorCode } from '@/lib/errors.ts'
import { locales, messages } from '@/lib/i18n/messages.ts'
import { parseCookies } from '@/lib/identity/cookies.ts'

const seconds = 2
const code: ErrorCode = 'pages-away'

/** Answers for the pages while they start: 503, to a browser as a plain page that asks again by itself. */
export function answerAway(request: IncomingMessage, response: ServerResponse): void {
  const isBrowser = request.headers.accept?.includes('text/html') === true
  response.writeHead(503, {
    'retry-after': `${seconds}`,
    'cache-control': 'no-store',
    'content-type': isBrowser ? 'text/html; charset=utf-8' : 'application/json',
    'content-security-policy': "default-src 'none'; frame-ancestors 'none'",
    'x-content-type-options': 'nosniff',
    // What is left of a body that could not be passed is not read.
    connection: 'close',
  })
  response.end(isBrowser ? page(request.headers.cookie) : JSON.stringify({ code }))
}

function page(cookies: string | undefined): string {
  const wanted = parseCookies(cookies).locale
  const locale = locales.find((known) => known === wanted) ?? 'da'
  const { common, errors } = messages[locale]
  return `<!doctype html>
<html lang="${locale}">
<head><meta charset="utf-8"><meta http-equiv="refresh" content="${seconds}"><title>${common.product}</title></head>
<body><h1>${common.product}</h1><p role="status">${errors[code]}</p></body>
</html>
`
}
