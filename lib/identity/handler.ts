import type { NextApiRequest, NextApiResponse } from 'next'
import NextAuth from 'next-auth'
import { env } from '@/lib/env.ts'
import { type Locale, locales } from '@/lib/i18n/messages.ts'
import { authOptions } from './auth.ts'
import { parseCookies, sessionCookieName } from './cookies.ts'

// The rest of next-auth is shut: its `session` would prolong a session for ever, its `providers` tells too much.
const open: Readonly<Record<string, readonly string[]>> = {
  GET: ['csrf', 'callback', 'signin', 'error', 'verify-request'],
  POST: ['signin', 'callback', 'signout'],
}

/** Answers a request under /api/auth. Works on plain web requests, so tests run the very same way in. */
export async function handleAuth(request: Request): Promise<Response> {
  const url = new URL(request.url)
  const [action = '', ...rest] = url.pathname.split('/').slice(3)
  if (!open[request.method]?.includes(action)) return new Response(null, { status: 404 })
  const cookies = parseCookies(request.headers.get('cookie'))
  const options = authOptions(localeOf(cookies))
  // Whoever signs in starts anew: next-auth would link the new account to the person still signed in.
  if (action === 'callback') delete cookies[sessionCookieName(env().publicUrl.startsWith('https:'))]
  const answer = collectAnswer()
  await NextAuth(
    asApiRequest({
      method: request.method,
      headers: Object.fromEntries(request.headers),
      cookies,
      query: { ...Object.fromEntries(url.searchParams), nextauth: [action, ...rest] },
      body: await bodyOf(request),
    }),
    answer.response,
    options,
  )
  return answer.finish()
}

function localeOf(cookies: Record<string, string>): Locale {
  return locales.find((locale) => locale === cookies.locale) ?? 'da'
}

async function bodyOf(request: Request): Promise<Record<string, unknown>> {
  if (request.method !== 'POST') return {}
  const fields = new URLSearchParams(await request.text())
  return Object.fromEntries(fields)
}

type ApiRequest = Pick<NextApiRequest, 'method' | 'headers' | 'cookies' | 'query' | 'body'>

// next-auth reads these five of a request and no others.
function asApiRequest(request: ApiRequest): NextApiRequest {
  return request as NextApiRequest
}

type ApiResponse = Pick<NextApiResponse, 'status' | 'getHeader' | 'setHeader' | 'send' | 'json' | 'end'>

/** Stands in for the response next-auth writes to, and turns what was written into a web response. */
function collectAnswer(): { response: NextApiResponse; finish: () => Response } {
  const headers = new Map<string, string | readonly string[]>()
  let status = 200
  let body: string | null = null
  const response: ApiResponse = {
    status: (code) => {
      status = code
      return response as NextApiResponse
    },
    getHeader: (name) => headers.get(name.toLowerCase()) as string | string[] | undefined,
    setHeader: (name, value) => {
      headers.set(name.toLowerCase(), Array.isArray(value) ? value : String(value))
      return response as NextApiResponse
    },
    send: (value: unknown) => {
      body = typeof value === 'string' ? value : JSON.stringify(value ?? null)
    },
    json: (value: unknown) => {
      headers.set('content-type', 'application/json')
      body = JSON.stringify(ownLinks(value))
    },
    end: () => response as NextApiResponse,
  }
  return { response: response as NextApiResponse, finish: () => finished(status, headers, body) }
}

function finished(
  status: number,
  written: ReadonlyMap<string, string | readonly string[]>,
  body: string | null,
): Response {
  const headers = new Headers({ 'cache-control': 'private, no-store', 'referrer-policy': 'no-referrer' })
  for (const [name, value] of written) {
    if (typeof value === 'string') headers.set(name, name === 'location' ? ownPath(value) : value)
    else for (const each of value) headers.append(name, each)
  }
  return new Response(body, { status, headers })
}

function ownLinks(value: unknown): unknown {
  if (typeof value !== 'object' || value === null || !('url' in value)) return value
  return { ...value, url: ownPath(String(value.url)) }
}

/** An address of this site as a path, so that it works by whatever name the browser knows this machine. */
function ownPath(address: string): string {
  const { origin } = new URL(env().publicUrl)
  if (!URL.canParse(address)) return address
  const url = new URL(address)
  return url.origin === origin ? `${url.pathname}${url.search}${url.hash}`.replace(/^\/+/, '/') : address
}
