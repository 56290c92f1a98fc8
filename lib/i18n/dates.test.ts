import { describe, expect, it } from 'vitest'
import {
  calendarDay,
  daysBetween,
  formatClock,
  formatDay,
  formatDaysAway,
  formatMeetingTime,
  formatMoment,
  formatWeekday,
} from './dates.ts'

const meeting = '2019-09-13T07:30:00Z'

describe('Danish dates', () => {
  it('writes a meeting as an invitation does', () => {
    expect(formatMeetingTime(meeting, 'da')).toBe('13. september 2019 kl. 9.30')
    expect(formatDay(meeting, 'da')).toBe('13. september 2019')
    expect(formatWeekday(meeting, 'da')).toBe('fredag den 13. september')
    expect(formatClock('2019-09-13T12:03:12Z', 'da', true)).toBe('14.03.12')
  })

  it.each([
    ['2019-09-13T07:12:00Z', 'i dag 9.12'],
    ['2019-09-12T19:05:00Z', 'i går 21.05'],
    // 23.30 in London is the next day in Copenhagen.
    ['2019-09-12T22:30:00Z', 'i dag 0.30'],
    ['2019-09-03T07:12:00Z', '3. september kl. 9.12'],
    ['2018-12-31T11:00:00Z', '31. december 2018 kl. 12.00'],
  ])('writes %s as %s', (moment, text) => {
    expect(formatMoment(moment, '2019-09-13T10:00:00Z', 'da')).toBe(text)
  })

  it('counts calendar days in Copenhagen, over the change of the clock too', () => {
    expect(calendarDay('2019-10-26T22:30:00Z')).toBe('2019-10-27')
    expect(daysBetween('2019-10-26T10:00:00Z', '2019-10-28T22:30:00Z')).toBe(2)
    expect(daysBetween('2019-10-26T10:00:00Z', '2019-10-28T23:30:00Z')).toBe(3)
    expect(formatDaysAway(meeting, '2019-09-01T10:00:00Z', 'da')).toBe('om 12 dage')
    expect(formatDaysAway(meeting, '2019-09-12T10:00:00Z', 'da')).toBe('i morgen')
  })

  it('writes English with English marks', () => {
    expect(formatMeetingTime(meeting, 'en')).toBe('13 September 2019 at 9:30')
    expect(formatMoment(meeting, '2019-09-14T10:00:00Z', 'en')).toBe('yesterday 9:30')
  })
})
