import { type TouchEvent, useRef } from 'react'

const far = 56

/** Tells a clear sweep to the left (1) or right (-1) with one finger; scrolling up and down or a wide table is none. */
export function useSwipe(onSwipe: (step: 1 | -1) => void) {
  const start = useRef<{ x: number; y: number } | null>(null)
  return {
    onTouchStart(event: TouchEvent) {
      const touch = event.touches.length === 1 ? event.touches[0] : undefined
      start.current = touch && !scrollsSideways(event.target) ? { x: touch.clientX, y: touch.clientY } : null
    },
    onTouchEnd(event: TouchEvent) {
      const touch = event.changedTouches[0]
      const from = start.current
      start.current = null
      if (!touch || !from || document.getSelection()?.isCollapsed === false) return
      const across = touch.clientX - from.x
      const down = touch.clientY - from.y
      if (Math.abs(across) > far && Math.abs(across) > 2 * Math.abs(down)) onSwipe(across < 0 ? 1 : -1)
    },
    onTouchCancel() {
      start.current = null
    },
  }
}

function scrollsSideways(target: EventTarget): boolean {
  const table = target instanceof Element ? target.closest('.prose-table') : null
  return table !== null && table.scrollWidth > table.clientWidth
}
