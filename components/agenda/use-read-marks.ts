import { useCallback, useEffect, useMemo, useRef, useState } from 'react'
import type { ItemView } from '@/lib/agenda/schema.ts'
import { markItemsRead, markItemUnread } from '@/lib/dispatch/actions.ts'
import type { ItemReadings } from '@/lib/dispatch/schema.ts'
import { marksOf } from './reader-marks.ts'
import { itemAnchor } from './use-current-item.ts'

/** An item counts as read when it has been before the eyes this long, and its end was seen. */
const readAfter = 2500
const lookEach = 500

type Reading = {
  meetingId: string
  items: ItemView[]
  current: string | null
  /** What the person had read when they came. */
  first: ItemReadings
  arrived: ReadonlySet<string>
}

/**
 * What is new to the person on this visit, what they have read by now, and how they say so themselves. Nothing is noted
 * of an item they called unread until they turn to another one.
 */
export function useReadMarks({ meetingId, items, current, first, arrived }: Reading) {
  const [readings, setReadings] = useState(first)
  const kept = useRef<string | null>(null)
  const unsent = useRef(new Map<string, string>())

  const send = useCallback(async () => {
    const reads = [...unsent.current].map(([itemId, contentHash]) => ({ itemId, contentHash }))
    if (reads.length === 0) return
    try {
      const answer = await markItemsRead({ meetingId, reads })
      if (!answer.ok) return
      for (const { itemId, contentHash } of reads) {
        if (unsent.current.get(itemId) === contentHash) unsent.current.delete(itemId)
      }
    } catch {
      // No net: it goes with the next, or when the net is back.
      return
    }
  }, [meetingId])

  const mark = useCallback(
    (itemId: string, contentHash: string) => {
      setReadings((before) => ({ ...before, [itemId]: { contentHash, at: new Date().toISOString() } }))
      unsent.current.set(itemId, contentHash)
      void send()
    },
    [send],
  )

  const toggle = useCallback(
    (itemId: string) => {
      const hash = items.find(({ id }) => id === itemId)?.contentHash
      if (!hash) return
      if (readings[itemId]?.contentHash !== hash) return mark(itemId, hash)
      kept.current = itemId
      unsent.current.delete(itemId)
      setReadings(({ [itemId]: _, ...others }) => others)
      markItemUnread({ itemId }).catch(() => mark(itemId, hash))
    },
    [items, readings, mark],
  )

  const hash = items.find(({ id }) => id === current)?.contentHash ?? null
  const isRead = current !== null && readings[current]?.contentHash === hash
  useEffect(() => {
    if (kept.current !== current) kept.current = null
    if (!current || !hash || isRead || kept.current === current) return
    let looked = 0
    const timer = setInterval(() => {
      const end = document.getElementById(itemAnchor(current))?.getBoundingClientRect().bottom
      if (end === undefined || document.visibilityState !== 'visible') return
      looked += lookEach
      if (looked >= readAfter && end <= window.innerHeight + 40) mark(current, hash)
    }, lookEach)
    return () => clearInterval(timer)
  }, [current, hash, isRead, mark])

  useEffect(() => {
    const again = () => void send()
    window.addEventListener('online', again)
    return () => window.removeEventListener('online', again)
  }, [send])

  const news = useMemo(() => marksOf(items, first, arrived), [items, first, arrived])
  const marks = useMemo(() => marksOf(items, readings, arrived), [items, readings, arrived])
  return { news, marks, toggle }
}
