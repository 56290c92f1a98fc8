import { parseCookies } from '../cookies.ts'
import { handleAuth } from '../handler.ts'

/** Where the site of a test pretends to be. */
export const site = 'http://127.0.0.1:3999'

/** A browser of one person: keeps cookies and asks the sign-in endpoints as the real one does. */
export type Browser = {
  get: (address: string) => Promise<Response>
  /** Posts a form with the CSRF token, as the sign-in page does, and answers where to go next. */
  post: (action: string, fields: Record<string, string>) => Promise<{ status: number; url: string }>
  cookie: () => string
  cookies: () => Record<string, string>
}

/** Opens a browser without any cookies. */
export function openBrowser(): Browser {
  const jar = new Map<string, string>()
  const cookie = () => [...jar].map(([name, value]) => `${name}=${value}`).join('; ')

  async function ask(address: string, init: RequestInit = {}): Promise<Response> {
    const url = new URL(address, site)
    const response = await handleAuth(new Request(url, { ...init, headers: { cookie: cookie() } }))
    for (const line of response.headers.getSetCookie()) keep(jar, line)
    return response
  }

  async function post(action: string, fields: Record<string, string>) {
    const { csrfToken } = (await (await ask('/api/auth/csrf')).json()) as { csrfToken: string }
    const body = new URLSearchParams({ ...fields, csrfToken, json: 'true' })
    const response = await ask(`/api/auth/${action}`, { method: 'POST', body })
    const { url } = (await response.json()) as { url: string }
    return { status: response.status, url }
  }

  return { get: ask, post, cookie, cookies: () => parseCookies(cookie()) }
}

function keep(jar: Map<string, string>, line: string): void {
  const [pair = '', ...attributes] = line.split(';')
  const at = pair.indexOf('=')
  const isGone = attributes.some((attribute) => /^\s*max-age=0$/i.test(attribute))
  if (isGone) jar.delete(pair.slice(0, at))
  else jar.set(pair.slice(0, at), pair.slice(at + 1))
}
