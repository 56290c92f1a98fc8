'use client'

import { useEffect, useState } from 'react'

/** Is the window wide enough for comments beside the text? Null until the browser has told. */
export function useWide(): boolean | null {
  const [wide, setWide] = useState<boolean | null>(null)
  useEffect(() => {
    const query = matchMedia('(min-width: 1100px)')
    const tell = () => setWide(query.matches)
    tell()
    query.addEventListener('change', tell)
    return () => query.removeEventListener('change', tell)
  }, [])
  return wide
}

/** Brings the words of a thread into the middle of the window, if they are painted and out of sight. */
export function showWords(threadId: string): void {
  const words = document.querySelector(`mark[data-threads~="${CSS.escape(threadId)}"]`)
  const box = words?.getBoundingClientRect()
  if (!box || (box.top > 80 && box.bottom < window.innerHeight - 40)) return
  const calm = matchMedia('(prefers-reduced-motion: reduce)').matches
  words?.scrollIntoView({ block: 'center', behavior: calm ? 'auto' : 'smooth' })
}

/** Is the person writing or in a dialog, so that letters are not commands? */
export function isWriting(target: EventTarget | null): boolean {
  return target instanceof Element && target.closest('input, textarea, select, dialog') !== null
}
