/**
 * Wraps a fetch so that at most one is under way and at most one more waits. A call made while one is under way
 * gets the answer of the waiting one, which begins after the call: answers come in order and are never older than
 * the call.
 */
export function coalesce<T>(load: () => Promise<T>): () => Promise<T> {
  let running: Promise<T> | null = null
  let waiting: Promise<T> | null = null
  function start(): Promise<T> {
    waiting = null
    const mine = load()
    running = mine
    const end = () => {
      if (running === mine) running = null
    }
    mine.then(end, end)
    return mine
  }
  return () => {
    if (!running) return start()
    waiting ??= running.then(start, start)
    return waiting
  }
}
