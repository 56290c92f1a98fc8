'use client'

import { useEffect, useRef, useState } from 'react'
import type { ItemView } from '@/lib/agenda/schema.ts'

/** What the browser keeps of a person's reading of one meeting: ids and hashes, never words. */
type Memory = { itemId: string | null; seen: Record<string, string> }

/** How an item differs from what the person read last. */
export type News = 'new' | 'changed'

export const textSizes = [0.9, 1, 1.15, 1.3, 1.5] as const
export type TextSize = (typeof textSizes)[number]

const key = (meetingId: string) => `dagsorden.reading.${meetingId}`
const sizeKey = 'dagsorden.text-size'
/** An item counts as read when it has been before the eyes this long. */
const readAfter = 2500

/** Where the person was in this meeting's agenda, what is new or changed since, and a note of what they read now. */
export function useMemory(meetingId: string, items: ItemView[], current: string | null) {
  const [before, setBefore] = useState<Memory | null>(null)
  const hashes = items.flatMap(({ id, contentHash }) => (contentHash ? [[id, contentHash] as const] : []))
  const first = useRef(hashes)
  useEffect(() => {
    const memory = recall(meetingId)
    // To a person who comes for the first time nothing is new: all of it is.
    if (Object.keys(memory.seen).length === 0) memory.seen = Object.fromEntries(first.current)
    keep(meetingId, memory)
    setBefore(memory)
  }, [meetingId])

  const hash = hashes.find(([id]) => id === current)?.[1]
  useEffect(() => {
    if (!before || !current) return
    keep(meetingId, { ...recall(meetingId), itemId: current })
    if (!hash) return
    const timer = setTimeout(() => {
      const memory = recall(meetingId)
      keep(meetingId, { ...memory, seen: { ...memory.seen, [current]: hash } })
    }, readAfter)
    return () => clearTimeout(timer)
  }, [before, meetingId, current, hash])

  const news = new Map<string, News>()
  for (const [id, now] of before ? hashes : []) {
    const seen = before?.seen[id]
    if (seen !== now) news.set(id, seen ? 'changed' : 'new')
  }
  return { leftAt: before?.itemId ?? null, news }
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

function recall(meetingId: string): Memory {
  try {
    const kept: unknown = JSON.parse(read(key(meetingId)) ?? '{}')
    const { itemId, seen } = Object(kept)
    return {
      itemId: typeof itemId === 'string' ? itemId : null,
      seen: Object.fromEntries(Object.entries(Object(seen)).map(([id, hash]) => [id, String(hash)])),
    }
  } catch {
    return { itemId: null, seen: {} }
  }
}

function keep(meetingId: string, memory: Memory): void {
  write(key(meetingId), JSON.stringify(memory))
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
