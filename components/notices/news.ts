const name = 'notices-changed'

/** Says to whatever shows notices on this page that there is news. */
export function sayNoticesChanged(): void {
  window.dispatchEvent(new Event(name))
}

const every = 60_000

/**
 * Calls `look` at news, when the person comes back to the page, and now and then while they look at it: not every
 * page has a line to the server. Answers how to stop.
 */
export function watchNotices(look: () => void, often = every): () => void {
  const lookWhenSeen = () => {
    if (document.visibilityState === 'visible') look()
  }
  const timer = setInterval(lookWhenSeen, often)
  window.addEventListener(name, look)
  window.addEventListener('focus', look)
  document.addEventListener('visibilitychange', lookWhenSeen)
  return () => {
    clearInterval(timer)
    window.removeEventListener(name, look)
    window.removeEventListener('focus', look)
    document.removeEventListener('visibilitychange', lookWhenSeen)
  }
}
