import { useEffect } from 'react'
import { itemAnchor, scrollToItem } from './use-current-item.ts'

/**
 * Goes to the item the address names, once: the agenda comes after the page's first lines, when the browser has looked
 * for it already. Who has scrolled, or comes back to where they were, is left there.
 */
export function useWantedItem(): void {
  useEffect(() => {
    const { hash } = window.location
    const prefix = `#${itemAnchor('')}`
    if (hash.startsWith(prefix) && window.scrollY === 0) scrollToItem(hash.slice(prefix.length))
  }, [])
}
