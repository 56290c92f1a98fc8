import { describe, expect, it } from 'vitest'
import { isWorkingDay, publicHolidays, workingDaysBefore, workingDaysBetween } from './working-days.ts'

describe('working days', () => {
  it('knows the Danish public holidays', () => {
    expect(publicHolidays(2019)).toEqual([
      '2019-01-01',
      '2019-04-18',
      '2019-04-19',
      '2019-04-21',
      '2019-04-22',
      '2019-05-17',
      '2019-05-30',
      '2019-06-09',
      '2019-06-10',
      '2019-12-25',
      '2019-12-26',
    ])
  })

  it.each([
    [2000, '2000-04-23'],
    [2016, '2016-03-27'],
    [2024, '2024-03-31'],
    [2025, '2025-04-20'],
    [2026, '2026-04-05'],
    [2038, '2038-04-25'],
  ])('finds Easter of %i', (year, sunday) => {
    expect(publicHolidays(year)).toContain(sunday)
  })

  it('has no Great Prayer Day from 2024', () => {
    expect(isWorkingDay('2023-05-05')).toBe(false)
    expect(isWorkingDay('2024-04-26')).toBe(true)
  })

  it('counts back over weekends and holidays', () => {
    expect(workingDaysBefore('2019-09-13', 4)).toBe('2019-09-09')
    expect(workingDaysBefore('2019-04-24', 4)).toBe('2019-04-15')
    expect(workingDaysBefore('2019-01-02', 1)).toBe('2018-12-31')
  })

  it('counts between days, both ways', () => {
    expect(workingDaysBetween('2019-09-04', '2019-09-09')).toBe(3)
    expect(workingDaysBetween('2019-09-09', '2019-09-09')).toBe(0)
    expect(workingDaysBetween('2019-09-09', '2019-09-04')).toBe(-3)
  })
})
