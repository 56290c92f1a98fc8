/**
 * The path to go to after sign-in, given what the browser asked for: always a path of this very site. Everything
 * else (another origin, `//host`, a backslash, no URL at all) becomes `/`.
 */
export function safeReturnPath(wanted: string | null | undefined, origin: string): string {
  if (!wanted || !URL.canParse(wanted, origin)) return '/'
  const url = new URL(wanted, origin)
  if (url.origin !== new URL(origin).origin || url.pathname.startsWith('//')) return '/'
  return `${url.pathname}${url.search}${url.hash}`
}
