import { type RefObject, useContext, useEffect, useRef } from 'react'
import { markRead } from '@/lib/comments/actions.ts'
import type { ThreadView } from '@/lib/comments/schema.ts'
import { ThreadsChangedContext } from './changed.ts'

/** A thread counts as read when it has been before the eyes this long. */
const readAfter = 1500

/** Notes which of the unread threads within an element have been looked at: on the screen, in a window that is shown. */
export function useReadings(
  root: RefObject<HTMLElement | null>,
  { threads, meetingId }: { threads: ThreadView[]; meetingId: string | null },
): void {
  const changed = useContext(ThreadsChangedContext)
  const latest = useRef(changed)
  useEffect(() => {
    latest.current = changed
  })
  const unread = threads.flatMap(({ id, unread: count }) => (count > 0 ? [`${id} ${count}`] : [])).join()
  useEffect(() => {
    const element = root.current
    if (!element || !meetingId || !unread) return
    const ids = unread.split(',').map((one) => one.split(' ')[0] ?? '')
    const seen = new Set<string>()
    let timer: ReturnType<typeof setTimeout> | undefined
    async function tell(id: string) {
      if (document.visibilityState !== 'visible' || seen.size === 0) return
      const threadIds = [...seen]
      try {
        // A server that is away is told with the next look: what is unread stays so until it has heard.
        const answer = await markRead({ meetingId: id, threadIds })
        if (answer.ok) latest.current()
      } catch {
        return
      }
    }
    function wait() {
      clearTimeout(timer)
      timer = setTimeout(() => meetingId && void tell(meetingId), readAfter)
    }
    const observer = new IntersectionObserver(
      (entries) => {
        for (const { target, boundingClientRect, intersectionRect } of entries) {
          const id = target instanceof HTMLElement ? target.dataset.thread : undefined
          if (!id || !ids.includes(id)) continue
          // Half of it, or half a window of what is taller than that.
          const half = Math.min(boundingClientRect.height, window.innerHeight) / 2
          if (intersectionRect.height >= half) seen.add(id)
          else seen.delete(id)
        }
        wait()
      },
      { threshold: [0, 0.1, 0.25, 0.5, 0.75, 1] },
    )
    for (const thread of element.querySelectorAll('[data-thread]')) observer.observe(thread)
    document.addEventListener('visibilitychange', wait)
    return () => {
      clearTimeout(timer)
      observer.disconnect()
      document.removeEventListener('visibilitychange', wait)
    }
  }, [root, meetingId, unread])
}
