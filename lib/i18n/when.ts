import { parseDateTime, toZoned } from '@internationalized/date'

/** The instant of a Danish wall-clock time such as "2026-12-11T09:30", or null where it is no time. */
export function danishTime(local: string): Date | null {
  try {
    return toZoned(parseDateTime(local), 'Europe/Copenhagen').toDate()
  } catch {
    return null
  }
}
