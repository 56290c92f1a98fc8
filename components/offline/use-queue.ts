'use client'

import { useSyncExternalStore } from 'react'
import { canKeep } from './can-keep.ts'
import { readQueue, type Turn } from './queue.ts'
import { onTold } from './told.ts'

const none: Turn[] = []
const listeners = new Set<() => void>()
let turns = none
let end: (() => void) | null = null

/** What waits to be sent from this browser or was refused, in all its windows. Read once, however many ask. */
export function useQueue(): Turn[] {
  return useSyncExternalStore(
    subscribe,
    () => turns,
    () => none,
  )
}

function subscribe(listener: () => void): () => void {
  listeners.add(listener)
  end ??= watch()
  return () => {
    listeners.delete(listener)
    if (listeners.size > 0) return
    end?.()
    end = null
  }
}

function watch(): () => void {
  if (!canKeep()) return () => undefined
  let isOver = false
  const show = (read: Turn[]) => {
    if (isOver) return
    turns = read
    for (const listener of listeners) listener()
  }
  const look = () => void readQueue().then(show, () => undefined)
  look()
  const stops = [onTold('queue', look), onTold('forgotten', () => show(none))]
  return () => {
    isOver = true
    for (const stop of stops) stop()
  }
}
