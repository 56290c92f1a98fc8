'use client'

import { useEffect, useRef, useState } from 'react'

export const textSizes = [0.9, 1, 1.15, 1.3, 1.5] as const
export type TextSize = (typeof textSizes)[number]

const key = (meetingId: string) => `dagsorden.place.${meetingId}`
const sizeKey = 'dagsorden.text-size'

/** Where the person was in this meeting's agenda when they left it, and a note of where they are now. */
export function usePlace(meetingId: string, current: string | null): string | null {
  const [leftAt, setLeftAt] = useState<string | null>(null)
  const isHere = useRef(false)
  useEffect(() => {
    setLeftAt(read(key(meetingId)))
    isHere.current = true
  }, [meetingId])
  useEffect(() => {
    if (isHere.current && current) write(key(meetingId), current)
  }, [meetingId, current])
  return leftAt
}

/** The person's text size, the same for all meetings. */
export function useTextSize() {
  const [size, setSize] = useState<TextSize>(1)
  useEffect(() => {
    const kept = Number(read(sizeKey))
    setSize(textSizes.find((known) => known === kept) ?? 1)
  }, [])
  const step = (by: 1 | -1) => {
    const next = textSizes[textSizes.indexOf(size) + by]
    if (!next) return
    setSize(next)
    write(sizeKey, String(next))
  }
  return { size, step }
}

// A browser may refuse its storage altogether; reading goes on without it.
function read(name: string): string | null {
  try {
    return localStorage.getItem(name)
  } catch {
    return null
  }
}

function write(name: string, value: string): void {
  try {
    localStorage.setItem(name, value)
  } catch {
    return
  }
}
