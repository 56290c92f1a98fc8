import { describe, expect, it } from 'vitest'
import { entriesOf, escapeText, foldLine, writeCalendar } from './calendar.ts'

const octets = (text: string) => new TextEncoder().encode(text).length
const unfold = (text: string) => text.replaceAll('\r\n ', '')

describe('escapeText', () => {
  it.each([
    ['Viborg, Regionshuset; sal 2', 'Viborg\\, Regionshuset\\; sal 2'],
    ['C:\\mappe', 'C:\\\\mappe'],
    ['et\r\nto\nnok\ren', 'et\\nto\\nnok\\nen'],
    ['END:VEVENT\r\nBEGIN:VALARM', 'END:VEVENT\\nBEGIN:VALARM'],
    ['tab\there\u0007', 'tab here '],
    ['"citat": æøå', '"citat": æøå'],
  ])('%j', (text, expected) => {
    expect(escapeText(text)).toBe(expected)
  })
})

describe('foldLine', () => {
  it.each([
    ['short', 'SUMMARY:Kort'],
    ['of 75 octets', 'x'.repeat(75)],
    ['of 76 octets', 'x'.repeat(76)],
    ['long', 'x'.repeat(1000)],
    ['of two-octet letters', 'æ'.repeat(300)],
    ['of four-octet letters', '🗓'.repeat(100)],
    ['of both', `SUMMARY:${'aæ🗓'.repeat(60)}`],
  ])('keeps a line %s whole, and no piece over 75 octets', (_, line) => {
    const folded = foldLine(line)
    expect(unfold(folded)).toBe(line)
    for (const piece of folded.split('\r\n')) {
      expect(octets(piece)).toBeLessThanOrEqual(75)
      expect(piece).not.toContain('\ufffd')
    }
    if (octets(line) <= 75) expect(folded).toBe(line)
  })
})

const words = {
  meeting: (body: string) => `Møde i ${body}`,
  agenda: (body: string) => `Dagsorden: ${body}`,
  material: (body: string) => `Materiale: ${body}`,
}
const meeting = {
  id: 'm1',
  bodyName: 'Prøverådet',
  startsAt: new Date('2019-09-13T07:30:00Z'),
  place: 'Viborg, Regionshuset',
  createdAt: new Date('2019-08-01T10:00:00.123Z'),
}
const deadlines = { agenda: { day: '2019-09-09', days: 3 }, material: { day: '2019-12-31', days: 4 } }
const site = { words, publicUrl: 'https://dagsorden.example' }

describe('writeCalendar', () => {
  it('writes a meeting as a time and its deadlines as whole days', () => {
    const text = writeCalendar({ name: 'Møder', entries: entriesOf({ ...meeting, deadlines }, site) })
    expect(text.endsWith('END:VCALENDAR\r\n')).toBe(true)
    expect(text.replaceAll('\r\n', '')).not.toMatch(/[\r\n]/)
    expect(unfold(text).split('\r\n')).toEqual([
      'BEGIN:VCALENDAR',
      'VERSION:2.0',
      'PRODID:-//Dagsorden//Dagsorden//DA',
      'CALSCALE:GREGORIAN',
      'METHOD:PUBLISH',
      'NAME:Møder',
      'X-WR-CALNAME:Møder',
      'REFRESH-INTERVAL;VALUE=DURATION:PT6H',
      'X-PUBLISHED-TTL:PT6H',
      'BEGIN:VEVENT',
      'UID:meeting-m1@dagsorden.example',
      'DTSTAMP:20190801T100000Z',
      'DTSTART:20190913T073000Z',
      'DTEND:20190913T093000Z',
      'SUMMARY:Møde i Prøverådet',
      'LOCATION:Viborg\\, Regionshuset',
      'URL:https://dagsorden.example/moeder/m1',
      'CLASS:PRIVATE',
      'END:VEVENT',
      'BEGIN:VEVENT',
      'UID:agenda-m1@dagsorden.example',
      'DTSTAMP:20190801T100000Z',
      'DTSTART;VALUE=DATE:20190909',
      'DTEND;VALUE=DATE:20190910',
      'TRANSP:TRANSPARENT',
      'SUMMARY:Dagsorden: Prøverådet',
      'URL:https://dagsorden.example/moeder/m1',
      'CLASS:PRIVATE',
      'END:VEVENT',
      'BEGIN:VEVENT',
      'UID:material-m1@dagsorden.example',
      'DTSTAMP:20190801T100000Z',
      'DTSTART;VALUE=DATE:20191231',
      'DTEND;VALUE=DATE:20200101',
      'TRANSP:TRANSPARENT',
      'SUMMARY:Materiale: Prøverådet',
      'URL:https://dagsorden.example/moeder/m1',
      'CLASS:PRIVATE',
      'END:VEVENT',
      'END:VCALENDAR',
      '',
    ])
  })

  it('tells who only reads of the meeting alone', () => {
    expect(entriesOf({ ...meeting, deadlines: null }, site).map(({ uid }) => uid)).toEqual([
      'meeting-m1@dagsorden.example',
    ])
  })
})
