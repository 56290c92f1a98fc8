'use client'

import {
  createContext,
  type ReactNode,
  useCallback,
  useContext,
  useEffect,
  useMemo,
  useRef,
  useState,
} from 'react'

type Announcing = {
  say: (text: string) => void
  sayOfOthers: (text: string) => void
  isOn: boolean
  turn: (isOn: boolean) => void
}

const AnnounceContext = createContext<Announcing>({
  say: () => {},
  sayOfOthers: () => {},
  isOn: true,
  turn: () => {},
})

const key = 'dagsorden.announce'

/** Tells screen readers in the page's one polite region what came of the person's own act. */
export function useAnnounce(): (text: string) => void {
  return useContext(AnnounceContext).say
}

/** Tells screen readers there what others do, unless the person has turned that off. */
export function useAnnounceOthers(): (text: string) => void {
  return useContext(AnnounceContext).sayOfOthers
}

/** Is the person told what others do, and the way to turn it on and off; kept in this browser. */
export function useAnnouncing(): Pick<Announcing, 'isOn' | 'turn'> {
  return useContext(AnnounceContext)
}

export function LiveRegionProvider({ children }: { children: ReactNode }) {
  const [said, setSaid] = useState({ text: '', times: 0 })
  const [isOn, setIsOn] = useState(true)
  const latest = useRef(isOn)
  useEffect(() => {
    latest.current = isOn
  }, [isOn])
  useEffect(() => setIsOn(read() !== 'off'), [])
  const say = useCallback((text: string) => setSaid(({ times }) => ({ text, times: times + 1 })), [])
  const sayOfOthers = useCallback((text: string) => latest.current && say(text), [say])
  const announcing = useMemo(() => {
    const turn = (on: boolean) => {
      setIsOn(on)
      write(on ? 'on' : 'off')
    }
    return { say, sayOfOthers, isOn, turn }
  }, [say, sayOfOthers, isOn])
  return (
    <AnnounceContext value={announcing}>
      {children}
      <div aria-live="polite" className="sr-only" data-live-region>
        {/* A new element each time, so that the same sentence twice is read twice. */}
        <span key={said.times}>{said.text}</span>
      </div>
    </AnnounceContext>
  )
}

// A browser may refuse its storage altogether; the choice then holds for this page.
function read(): string | null {
  try {
    return localStorage.getItem(key)
  } catch {
    return null
  }
}

function write(value: string): void {
  try {
    localStorage.setItem(key, value)
  } catch {
    return
  }
}
