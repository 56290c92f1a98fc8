import type { Deadlines } from './deadlines.ts'

/*
 * A calendar as RFC 5545 writes it: CRLF line ends, lines folded at 75 octets and never within a letter, times in UTC.
 */

/** One entry: a time with how long it lasts, or a whole day "2019-09-09". `stamp` is when it came to be. */
export type CalendarEntry = {
  uid: string
  summary: string
  location: string | null
  url: string
  stamp: Date
  when: { from: Date; minutes: number } | { day: string }
}

/** A calendar by what it is called; its entries in any order. */
export type Calendar = { name: string; entries: CalendarEntry[] }

/** Writes a calendar to the bytes' text that goes over the wire. */
export function writeCalendar({ name, entries }: Calendar): string {
  const lines = [
    'BEGIN:VCALENDAR',
    'VERSION:2.0',
    'PRODID:-//Dagsorden//Dagsorden//DA',
    'CALSCALE:GREGORIAN',
    'METHOD:PUBLISH',
    `NAME:${escapeText(name)}`,
    `X-WR-CALNAME:${escapeText(name)}`,
    'REFRESH-INTERVAL;VALUE=DURATION:PT6H',
    'X-PUBLISHED-TTL:PT6H',
    ...entries.flatMap(entryLines),
    'END:VCALENDAR',
  ]
  return lines.map((line) => `${foldLine(line)}\r\n`).join('')
}

function entryLines({ uid, summary, location, url, stamp, when }: CalendarEntry): string[] {
  const times =
    'day' in when
      ? [
          `DTSTART;VALUE=DATE:${compactDay(when.day)}`,
          `DTEND;VALUE=DATE:${compactDay(dayAfter(when.day))}`,
          'TRANSP:TRANSPARENT',
        ]
      : [
          `DTSTART:${compactTime(when.from)}`,
          `DTEND:${compactTime(new Date(when.from.getTime() + when.minutes * 60_000))}`,
        ]
  return [
    'BEGIN:VEVENT',
    `UID:${uid}`,
    `DTSTAMP:${compactTime(stamp)}`,
    ...times,
    `SUMMARY:${escapeText(summary)}`,
    ...(location ? [`LOCATION:${escapeText(location)}`] : []),
    `URL:${url}`,
    'CLASS:PRIVATE',
    'END:VEVENT',
  ]
}

/** Escapes a text value; what is no letter and no line end is dropped. */
export function escapeText(text: string): string {
  return (
    text
      .replace(/\r\n?/g, '\n')
      // biome-ignore lint/suspicious/noControlCharactersInRegex: RFC 5545 allows none of them in a text
      .replace(/[\u0000-\u0009\u000b-\u001f\u007f]/g, ' ')
      .replace(/[\\;,]/g, (letter) => `\\${letter}`)
      .replace(/\n/g, '\\n')
  )
}

const lineOctets = 75

/** Folds a line so that none is longer than 75 octets; a folded line goes on after CRLF and a space. */
export function foldLine(line: string): string {
  const encoder = new TextEncoder()
  let folded = ''
  let octets = 0
  for (const letter of line) {
    const size = encoder.encode(letter).length
    if (octets + size > lineOctets) {
      folded += '\r\n '
      octets = 1
    }
    folded += letter
    octets += size
  }
  return folded
}

function compactTime(time: Date): string {
  return time.toISOString().replace(/\.\d+/, '').replace(/[-:]/g, '')
}

function compactDay(day: string): string {
  return day.replaceAll('-', '')
}

function dayAfter(day: string): string {
  return new Date(Date.parse(day) + 86_400_000).toISOString().slice(0, 10)
}

/** A meeting as its calendar entries are made from it; `deadlines` is null for who only reads. */
export type CalendarMeeting = {
  id: string
  bodyName: string
  startsAt: Date
  place: string
  createdAt: Date
  deadlines: Deadlines | null
}

/** The sentences of a calendar, each from the name of a body. */
export type CalendarWords = Record<'meeting' | 'agenda' | 'material', (body: string) => string>

/** How long a meeting stands in the calendar: when it ends is not known. */
const meetingMinutes = 120

/** A meeting and, for those who work on it, the days its agenda and material are to be sent: nothing of what it is about. */
export function entriesOf(
  { id, bodyName, startsAt, place, createdAt, deadlines }: CalendarMeeting,
  { words, publicUrl }: { words: CalendarWords; publicUrl: string },
): CalendarEntry[] {
  const url = `${publicUrl}/moeder/${id}`
  const uid = (what: string) => `${what}-${id}@${new URL(publicUrl).hostname}`
  const shared = { url, stamp: createdAt }
  const meeting: CalendarEntry = {
    ...shared,
    uid: uid('meeting'),
    summary: words.meeting(bodyName),
    location: place,
    when: { from: startsAt, minutes: meetingMinutes },
  }
  if (!deadlines) return [meeting]
  const days = (['agenda', 'material'] as const).map((what) => ({
    ...shared,
    uid: uid(what),
    summary: words[what](bodyName),
    location: null,
    when: { day: deadlines[what].day },
  }))
  return [meeting, ...days]
}
