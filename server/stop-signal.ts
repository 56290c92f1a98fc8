import { log } from '@/lib/log.ts'

/** Runs `stop` at the first Ctrl-C or SIGTERM and ends the process; a second one ends it at once. */
export function onStopSignal(stop: () => Promise<void>): void {
  let isStopping = false
  const hear = (): void => {
    if (isStopping) process.exit(130)
    isStopping = true
    stop().then(
      () => process.exit(0),
      (error: unknown) => {
        log.fatal({ err: error }, 'the process could not stop in order')
        process.exit(1)
      },
    )
  }
  process.on('SIGINT', hear)
  process.on('SIGTERM', hear)
}
