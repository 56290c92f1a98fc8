/** The zone all meetings are held and shown in. */
export const timeZone = 'Europe/Copenhagen'

type Moment = string | Date

const tags: Record<string, string> = { da: 'da-DK', en: 'en-GB' }
const formats = new Map<string, Intl.DateTimeFormat>()

function format(locale: string, options: Intl.DateTimeFormatOptions): Intl.DateTimeFormat {
  const key = `${locale} ${JSON.stringify(options)}`
  const known = formats.get(key)
  if (known) return known
  const made = new Intl.DateTimeFormat(tags[locale] ?? locale, { timeZone, ...options })
  formats.set(key, made)
  return made
}

function asDate(moment: Moment): Date {
  return typeof moment === 'string' ? new Date(moment) : moment
}

/** "13. september 2019". */
export function formatDay(moment: Moment, locale: string): string {
  return format(locale, { day: 'numeric', month: 'long', year: 'numeric' }).format(asDate(moment))
}

/** "fredag den 13. september" in Danish, "Friday 13 September" in English. */
export function formatWeekday(moment: Moment, locale: string): string {
  const date = asDate(moment)
  if (locale !== 'da') return format(locale, { weekday: 'long', day: 'numeric', month: 'long' }).format(date)
  const weekday = format(locale, { weekday: 'long' }).format(date)
  return `${weekday} den ${format(locale, { day: 'numeric', month: 'long' }).format(date)}`
}

/** "9.30"; with seconds "14.03.12". English writes colons. */
export function formatClock(moment: Moment, locale: string, seconds = false): string {
  const options: Intl.DateTimeFormatOptions = { hour: 'numeric', minute: '2-digit' }
  if (seconds) options.second = '2-digit'
  return format(locale, options).format(asDate(moment))
}

/** "13. september 2019 kl. 9.30". */
export function formatMeetingTime(moment: Moment, locale: string): string {
  const joiner = locale === 'da' ? ' kl. ' : ' at '
  return `${formatDay(moment, locale)}${joiner}${formatClock(moment, locale)}`
}

/** The calendar day in Copenhagen as "2019-09-13". */
export function calendarDay(moment: Moment): string {
  const parts = new Intl.DateTimeFormat('en-CA', { timeZone, dateStyle: 'short' }).formatToParts(
    asDate(moment),
  )
  const part = (type: string) => parts.find((one) => one.type === type)?.value ?? ''
  return `${part('year')}-${part('month')}-${part('day')}`
}

/** Whole calendar days from one day to another, negative for the past. */
export function daysBetween(from: Moment, to: Moment): number {
  return Math.round((Date.parse(calendarDay(to)) - Date.parse(calendarDay(from))) / 86_400_000)
}

/** "i dag 9.12", "i går 21.05", "3. september kl. 9.12", and with the year when it is another one. */
export function formatMoment(moment: Moment, now: Moment, locale: string): string {
  const days = daysBetween(now, moment)
  if (days === 0 || days === -1) {
    const word = new Intl.RelativeTimeFormat(locale, { numeric: 'auto' }).format(days, 'day')
    return `${word} ${formatClock(moment, locale)}`
  }
  const sameYear = calendarDay(moment).slice(0, 4) === calendarDay(now).slice(0, 4)
  if (!sameYear) return formatMeetingTime(moment, locale)
  const joiner = locale === 'da' ? ' kl. ' : ' at '
  const day = format(locale, { day: 'numeric', month: 'long' }).format(asDate(moment))
  return `${day}${joiner}${formatClock(moment, locale)}`
}

/** "om 12 dage", "i morgen", "for 3 dage siden". */
export function formatDaysAway(moment: Moment, now: Moment, locale: string): string {
  return new Intl.RelativeTimeFormat(locale, { numeric: 'auto' }).format(daysBetween(now, moment), 'day')
}
