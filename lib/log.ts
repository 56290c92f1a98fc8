import { type Logger, pino } from 'pino'
import { readProcessEnv } from './env.ts'

// One logger per process, though the custom server and Next's bundles each load their own copy of this file.
const key = Symbol.for('dagsorden.log')
const holder = globalThis as { [key]?: Logger }

/**
 * What the log says of an error under `err`: what it is and where it came from. The message stays out for errors of
 * the database, which like to quote the row they could not write, and so does their cause.
 */
export function loggable(error: unknown): Record<string, unknown> {
  if (!(error instanceof Error)) return { name: typeof error }
  const { name, message, stack = '' } = error
  const at = stack.split('\n').filter((line) => /^\s+at /.test(line))
  const code = 'code' in error ? { code: error.code } : {}
  const mayQuote = /^(Prisma|DriverAdapter|Database)/.test(name) || 'detail' in error
  return { name, ...code, ...(!mayQuote && { message }), at: at.map((line) => line.trim()) }
}

/** A message of a library with what may be a token, a state or a code in it (20 characters or more) left out. */
export function withoutTokens(message: string): string {
  return message.replace(/[\w+=-]{20,}/g, '…')
}

function open(): Logger {
  const answer = readProcessEnv()
  const level = answer.ok ? answer.env.logLevel : 'info'
  return pino(
    { level, base: null, timestamp: pino.stdTimeFunctions.isoTime, serializers: { err: loggable } },
    pino.destination({ fd: 2, sync: true }),
  )
}

/** The process's log, as JSON lines on stderr. Say ids, codes and counts; never words of items, comments or mail. */
export const log: Logger = (() => {
  holder[key] ??= open()
  return holder[key]
})()
