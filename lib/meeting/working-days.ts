import { easter } from 'date-easter'

/*
 * Working days with Danish public holidays. Days are written "2019-09-13" and counted in UTC, so that no clock
 * change can move them.
 */

const day = 86_400_000

/** What of a week people work: Sundays never, Saturdays where a body counts them. */
export type WorkingWeek = { saturdayCounts: boolean }

const fiveDays: WorkingWeek = { saturdayCounts: false }

function write(time: number): string {
  return new Date(time).toISOString().slice(0, 10)
}

/** The Danish public holidays of a year, as days. Great Prayer Day was one until 2023. */
export function publicHolidays(year: number): string[] {
  const { month, day: dayOfMonth } = easter(year)
  const sunday = Date.UTC(year, month - 1, dayOfMonth)
  const fromEaster = [-3, -2, 0, 1, ...(year < 2024 ? [26] : []), 39, 49, 50]
  return [
    `${year}-01-01`,
    ...fromEaster.map((days) => write(sunday + days * day)),
    `${year}-12-25`,
    `${year}-12-26`,
  ]
}

/** Is this a day on which people work? */
export function isWorkingDay(date: string, { saturdayCounts } = fiveDays): boolean {
  const weekday = new Date(`${date}T00:00:00Z`).getUTCDay()
  if (weekday === 0 || (weekday === 6 && !saturdayCounts)) return false
  return !publicHolidays(Number(date.slice(0, 4))).includes(date)
}

/** The day that lies a number of working days before another. */
export function workingDaysBefore(date: string, count: number, week = fiveDays): string {
  let time = Date.parse(date)
  for (let left = count; left > 0; ) {
    time -= day
    if (isWorkingDay(write(time), week)) left -= 1
  }
  return write(time)
}

/** Working days after `from` up to and including `to`; negative when `to` lies before `from`. */
export function workingDaysBetween(from: string, to: string, week = fiveDays): number {
  if (to < from) return -workingDaysBetween(to, from, week)
  let count = 0
  for (let time = Date.parse(from) + day; time <= Date.parse(to); time += day) {
    if (isWorkingDay(write(time), week)) count += 1
  }
  return count
}
