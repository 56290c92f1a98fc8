import { type RefObject, useEffect, useLayoutEffect } from 'react'
import { levelThreads } from './level-threads.ts'

/** Keeps the conversations in the panel level with their words while the page scrolls and changes. */
export function useLevelThreads(panel: RefObject<HTMLElement | null>): void {
  // What is shown changed: before it is painted.
  useLayoutEffect(() => level(panel.current))
  useEffect(() => {
    let scheduled = 0
    const look = () => {
      scheduled = 0
      level(panel.current)
    }
    const schedule = () => {
      scheduled ||= requestAnimationFrame(look)
    }
    const observer = new ResizeObserver(schedule)
    const main = document.querySelector('main')
    if (main) observer.observe(main)
    window.addEventListener('scroll', schedule, { passive: true })
    window.addEventListener('resize', schedule)
    return () => {
      cancelAnimationFrame(scheduled)
      observer.disconnect()
      window.removeEventListener('scroll', schedule)
      window.removeEventListener('resize', schedule)
    }
  }, [panel])
}

function level(panel: HTMLElement | null): void {
  if (!panel) return
  const threads = [...panel.querySelectorAll<HTMLElement>('[data-thread]')]
  const first = threads[0]
  if (!first) return
  // In a sheet over the page there are no words beside the panel.
  const isBeside = window.matchMedia('(min-width: 1100px)').matches
  for (const thread of threads) thread.style.marginTop = ''
  if (!isBeside) return
  const top = first.getBoundingClientRect().top
  const places = threads.map((thread) => {
    const id = CSS.escape(thread.dataset.thread ?? '')
    const words = document.querySelector(`main [data-threads~="${id}"]`)
    return {
      // The quote stands under the edge of its box.
      want: words ? words.getBoundingClientRect().top - 14 : null,
      height: thread.getBoundingClientRect().height,
    }
  })
  let free = top
  for (const [at, place] of levelThreads(places, { top, bottom: window.innerHeight - 16 }).entries()) {
    const thread = threads[at]
    if (thread) thread.style.marginTop = `${place - free}px`
    free = place + (places[at]?.height ?? 0)
  }
}
