import { useEffect, useState } from 'react'

export type Fetched<T> = { state: 'loading' } | { state: 'failed' } | { state: 'here'; value: T }

/** Fetches JSON, and again whenever `version` changes; what is shown stays until the new answer is there. */
export function useFetched<T>(url: string, version: string): [fetched: Fetched<T>, again: () => void] {
  const [fetched, setFetched] = useState<Fetched<T> & { url?: string; question?: string }>({
    state: 'loading',
  })
  const [tries, setTries] = useState(0)
  const question = `${tries} ${version}`
  useEffect(() => {
    const left = new AbortController()
    void load<T>(url, left.signal).then((answer) => {
      if (!left.signal.aborted) setFetched({ ...answer, url, question })
    })
    return () => left.abort()
  }, [url, question])
  return [fetched.url === url ? fetched : { state: 'loading' }, () => setTries((count) => count + 1)]
}

async function load<T>(url: string, signal: AbortSignal): Promise<Fetched<T>> {
  try {
    const response = await fetch(url, { cache: 'no-store', signal })
    return response.ok ? { state: 'here', value: await response.json() } : { state: 'failed' }
  } catch {
    // Aborted because the reader went on, or the server can't be reached: the panel offers to try again.
    return { state: 'failed' }
  }
}
