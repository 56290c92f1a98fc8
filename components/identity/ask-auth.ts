/**
 * Asks the sign-in endpoints for something (`callback/demo`, `signin/email`, `signin/oidc`, `signout`) and goes where
 * the answer leads. The page is left, so nothing of the person before stays in memory. Throws when the server is away.
 */
export async function askAuth(action: string, fields: Record<string, string>): Promise<void> {
  const { csrfToken } = await json<{ csrfToken: string }>(await fetch('/api/auth/csrf'))
  const body = new URLSearchParams({ ...fields, csrfToken, json: 'true' })
  const { url } = await json<{ url: string }>(await fetch(`/api/auth/${action}`, { method: 'POST', body }))
  window.location.assign(url)
}

async function json<Value>(response: Response): Promise<Value> {
  if (!response.headers.get('content-type')?.includes('json')) throw new Error(`Answered ${response.status}`)
  return response.json()
}
