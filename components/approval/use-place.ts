import { useSearchParams } from 'next/navigation'
import { useCallback } from 'react'

/** The place after the last item. */
export const end = 'slut'

/** Where the reader is: an item's number or `end`, kept in the address so that a reload or a link comes back to it. */
export function usePlace(first: string): [place: string, go: (place: string) => void] {
  const place = useSearchParams().get('punkt') ?? first
  const go = useCallback((next: string) => {
    const url = new URL(window.location.href)
    url.searchParams.set('punkt', next)
    window.history.replaceState(null, '', url)
    window.scrollTo({ top: 0 })
  }, [])
  return [place, go]
}
