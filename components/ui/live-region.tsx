'use client'

import { createContext, type ReactNode, useCallback, useContext, useState } from 'react'

const AnnounceContext = createContext<(text: string) => void>(() => {})

/** Tells screen readers something in the page's one polite region. */
export function useAnnounce(): (text: string) => void {
  return useContext(AnnounceContext)
}

export function LiveRegionProvider({ children }: { children: ReactNode }) {
  const [said, setSaid] = useState({ text: '', times: 0 })
  const announce = useCallback((text: string) => setSaid(({ times }) => ({ text, times: times + 1 })), [])
  return (
    <AnnounceContext value={announce}>
      {children}
      <div aria-live="polite" className="sr-only" data-live-region>
        {/* A new element each time, so that the same sentence twice is read twice. */}
        <span key={said.times}>{said.text}</span>
      </div>
    </AnnounceContext>
  )
}
