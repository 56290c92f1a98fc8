import { useEffect, useRef } from 'react'
import { itemAnchor } from './use-current-item.ts'

type Regions = { current: string | null; openPanel: () => void }

/**
 * F6 goes round the three parts of the workspace: the outline, the item one is at, and what belongs to it in the
 * panel; Shift+F6 goes the other way. Tab alone would lead through the whole agenda to get from a text to its comments.
 */
export function useRegions(regions: Regions): void {
  const latest = useRef(regions)
  useEffect(() => {
    latest.current = regions
  })
  useEffect(() => {
    function onKey(event: KeyboardEvent) {
      if (event.key !== 'F6' || document.querySelector('dialog[open]')) return
      event.preventDefault()
      latest.current.openPanel()
      const places = placesOf(latest.current.current)
      const at = places.findIndex(({ region }) => region?.contains(document.activeElement))
      const step = event.shiftKey ? -1 : 1
      const next = at < 0 ? 1 : (at + step + places.length) % places.length
      places[next]?.focus?.focus()
    }
    document.addEventListener('keydown', onKey)
    return () => document.removeEventListener('keydown', onKey)
  }, [])
}

function placesOf(current: string | null) {
  const outline = document.querySelector('nav[data-region="outline"]')
  const item = current === null ? null : document.getElementById(itemAnchor(current))
  const panel = document.querySelector('aside[data-region="panel"]')
  return [
    { region: outline, focus: outline?.querySelector<HTMLElement>('[aria-current="true"]') },
    { region: document.querySelector('main'), focus: item },
    { region: panel, focus: panel?.querySelector<HTMLElement>('[role="tab"][aria-selected="true"]') },
  ]
}
