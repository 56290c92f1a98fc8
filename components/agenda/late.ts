/** How long to wait before what could not be fetched is asked for once more, in milliseconds. */
const pause = 5_000

type Late<T> = {
  load: () => Promise<T>
  /** Begins with what came, `again` when it failed to come at first; answers how to stop. */
  start: (value: T, again: boolean) => () => void
  /** Told each time it could not be fetched. */
  onFailed: () => void
}

/** Begins something that is fetched when the page already stands, and tries until it came; answers how to stop. */
export function startLate<T>({ load, start, onFailed }: Late<T>): () => void {
  let left = false
  let stop = () => {}
  const attempt = (again: boolean) =>
    void load().then(
      (value) => {
        if (!left) stop = start(value, again)
      },
      () => {
        if (left) return
        onFailed()
        const timer = setTimeout(() => attempt(true), pause)
        stop = () => clearTimeout(timer)
      },
    )
  attempt(false)
  return () => {
    left = true
    stop()
  }
}
