import { type Logger, pino } from 'pino'
import { readProcessEnv } from './env.ts'

// One logger per process, though the custom server and Next's bundles each load their own copy of this file.
const key = Symbol.for('dagsorden.log')
const holder = globalThis as { [key]?: Logger }

function open(): Logger {
  const answer = readProcessEnv()
  const level = answer.ok ? answer.env.logLevel : 'info'
  return pino(
    { level, base: null, timestamp: pino.stdTimeFunctions.isoTime },
    pino.destination({ fd: 2, sync: true }),
  )
}

/** The process's log, as JSON lines on stderr. Say ids, codes and counts; never words of items, comments or mail. */
export const log: Logger = (() => {
  holder[key] ??= open()
  return holder[key]
})()
