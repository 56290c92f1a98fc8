/** How long a person stays signed in, in seconds: a working day. */
export const sessionSeconds = 8 * 60 * 60

/** The name of the session cookie; the prefix ties it to this very host and to https. */
export function sessionCookieName(isSecure: boolean): string {
  return isSecure ? '__Host-dagsorden.session' : 'dagsorden.session'
}

/** Reads a Cookie header into name → value; what does not decode is left out. */
export function parseCookies(header: string | null | undefined): Record<string, string> {
  const cookies: Record<string, string> = {}
  for (const pair of (header ?? '').split(';')) {
    const at = pair.indexOf('=')
    if (at < 1) continue
    const value = decoded(pair.slice(at + 1).trim())
    if (value !== null) cookies[pair.slice(0, at).trim()] ??= value
  }
  return cookies
}

function decoded(text: string): string | null {
  try {
    return decodeURIComponent(text)
  } catch {
    return null
  }
}
