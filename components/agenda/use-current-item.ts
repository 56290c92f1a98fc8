import { useEffect, useState } from 'react'

/** The id of the element an item stands in on the page. */
export const itemAnchor = (itemId: string) => `item-${itemId}`

/**
 * The item a person is at: the one that holds the focus, else the one at the reading line, a quarter down the
 * window.
 */
export function useCurrentItem(itemIds: string[]) {
  const key = itemIds.join(' ')
  const [current, setCurrent] = useState<string | null>(itemIds[0] ?? null)
  useEffect(() => {
    const elements = key.split(' ').flatMap((id) => document.getElementById(itemAnchor(id)) ?? [])
    const idOf = (element: Element) => element.id.slice(itemAnchor('').length)
    const focused = () => elements.find((element) => element.contains(document.activeElement))

    let scheduled = 0
    let isInPanel = false
    function look() {
      scheduled = 0
      // Who is in the panel is still at the item it speaks of.
      if (isInPanel) return
      const line = window.innerHeight / 4
      const above = elements.filter((element) => element.getBoundingClientRect().top <= line)
      const shown = focused()
      const onScreen = shown && isOnScreen(shown) ? shown : undefined
      const at = onScreen ?? above.at(-1) ?? elements[0]
      setCurrent(at ? idOf(at) : null)
    }
    const schedule = () => {
      scheduled ||= requestAnimationFrame(look)
    }
    // By where they last did something: a button that goes when it is pressed takes the focus with it.
    function follow({ target }: Event) {
      isInPanel = target instanceof Element && target.closest('[data-region="panel"]') !== null
      schedule()
    }
    look()
    const acts = ['focusin', 'pointerdown', 'wheel', 'keydown'] as const
    for (const act of acts) document.addEventListener(act, follow, { passive: true })
    window.addEventListener('scroll', schedule, { passive: true })
    window.addEventListener('resize', schedule)
    return () => {
      cancelAnimationFrame(scheduled)
      for (const act of acts) document.removeEventListener(act, follow)
      window.removeEventListener('scroll', schedule)
      window.removeEventListener('resize', schedule)
    }
  }, [key])
  return current
}

function isOnScreen(element: Element): boolean {
  const { top, bottom } = element.getBoundingClientRect()
  return bottom > 0 && top < window.innerHeight
}

/**
 * Brings an item under the top bar and puts the focus there, so that it is the current one also at the end of the page
 * and Tab goes on from it; smooth unless the person asked for less motion.
 */
export function scrollToItem(itemId: string): void {
  const still = window.matchMedia('(prefers-reduced-motion: reduce)').matches
  const element = document.getElementById(itemAnchor(itemId))
  element?.focus({ preventScroll: true })
  element?.scrollIntoView({ behavior: still ? 'auto' : 'smooth', block: 'start' })
}
