/*
 * Working days with Danish public holidays. Days are written "2019-09-13" and counted in UTC, so that no clock
 * change can move them.
 */

const day = 86_400_000

function write(time: number): string {
  return new Date(time).toISOString().slice(0, 10)
}

/** Easter Sunday of a year, by the anonymous Gregorian computus (Meeus, Astronomical Algorithms, ch. 8). */
function easter(year: number): number {
  const a = year % 19
  const b = Math.floor(year / 100)
  const c = year % 100
  const d = Math.floor(b / 4)
  const e = b % 4
  const g = Math.floor((8 * b + 13) / 25)
  const h = (19 * a + b - d - g + 15) % 30
  const i = Math.floor(c / 4)
  const k = c % 4
  const l = (32 + 2 * e + 2 * i - h - k) % 7
  const m = Math.floor((a + 11 * h + 22 * l) / 451)
  const month = Math.floor((h + l - 7 * m + 114) / 31)
  return Date.UTC(year, month - 1, ((h + l - 7 * m + 114) % 31) + 1)
}

/** The Danish public holidays of a year, as days. Great Prayer Day was one until 2023. */
export function publicHolidays(year: number): string[] {
  const sunday = easter(year)
  const fromEaster = [-3, -2, 0, 1, ...(year < 2024 ? [26] : []), 39, 49, 50]
  return [
    `${year}-01-01`,
    ...fromEaster.map((days) => write(sunday + days * day)),
    `${year}-12-25`,
    `${year}-12-26`,
  ]
}

/** Is this a day on which people work? */
export function isWorkingDay(date: string): boolean {
  const weekday = new Date(`${date}T00:00:00Z`).getUTCDay()
  return weekday !== 0 && weekday !== 6 && !publicHolidays(Number(date.slice(0, 4))).includes(date)
}

/** The day that lies a number of working days before another. */
export function workingDaysBefore(date: string, count: number): string {
  let time = Date.parse(date)
  for (let left = count; left > 0; ) {
    time -= day
    if (isWorkingDay(write(time))) left -= 1
  }
  return write(time)
}

/** Working days after `from` up to and including `to`; negative when `to` lies before `from`. */
export function workingDaysBetween(from: string, to: string): number {
  if (to < from) return -workingDaysBetween(to, from)
  let count = 0
  for (let time = Date.parse(from) + day; time <= Date.parse(to); time += day) {
    if (isWorkingDay(write(time))) count += 1
  }
  return count
}
