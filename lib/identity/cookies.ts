/** How long a person stays signed in, in seconds: a working day. */
export const sessionSeconds = 8 * 60 * 60

/** The name of the session cookie; the prefix ties it to this very host and to https. */
export function sessionCookieName(isSecure: boolean): string {
  return isSecure ? '__Host-dagsorden.session' : 'dagsorden.session'
}

/** Reads a Cookie header into name → value; what does not decode is left out. */
export function parseCookies(header: string | null | undefined): Record<string, string> {
  const cookies: Record<string, string> = {}
  for (const part of (header ?? '').split(';')) {
    const pair = part.trim()
    const at = pair.indexOf('=')
    const value = at > 0 ? decoded(pair.slice(at + 1).trim()) : null
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
