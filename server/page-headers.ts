import { randomBytes } from 'node:crypto'
import type { IncomingMessage, ServerResponse } from 'node:http'

/**
 * Guards every answer with headers: scripts run only with the nonce of this very answer. Next reads the nonce from
 * the policy in the request, which is why it is set there too; a policy that a client sends is overwritten.
 */
export function guard(
  request: IncomingMessage,
  response: ServerResponse,
  { isDev, isHttps }: { isDev: boolean; isHttps: boolean },
): void {
  const policy = contentPolicy({ nonce: randomBytes(16).toString('base64'), isDev })
  request.headers['content-security-policy'] = policy
  response.setHeader('content-security-policy', policy)
  response.setHeader('x-content-type-options', 'nosniff')
  response.setHeader('referrer-policy', 'same-origin')
  response.setHeader('cross-origin-opener-policy', 'same-origin')
  response.setHeader('permissions-policy', 'camera=(), geolocation=(), microphone=()')
  if (isHttps) response.setHeader('strict-transport-security', 'max-age=31536000')
}

/** The content security policy of a page. Styles may be inline: the editor and the interface set them on elements. */
export function contentPolicy({ nonce, isDev }: { nonce: string; isDev: boolean }): string {
  return [
    "default-src 'self'",
    // React rebuilds the server's stack traces with eval, in development only.
    `script-src 'self' 'nonce-${nonce}' 'strict-dynamic'${isDev ? " 'unsafe-eval'" : ''}`,
    "style-src 'self' 'unsafe-inline'",
    "img-src 'self' data: blob:",
    "object-src 'none'",
    "base-uri 'none'",
    "form-action 'self'",
    "frame-ancestors 'none'",
  ].join('; ')
}
