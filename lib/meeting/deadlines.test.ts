import { expect, it } from 'vitest'
import { deadlinesOf, usualDeadlines } from './deadlines.ts'

it.each([
  // meeting, today, rule, agenda, days, material, days
  ['2019-09-13', '2019-09-04', {}, '2019-09-09', 3, '2019-09-10', 4],
  ['2019-09-13', '2019-09-10', {}, '2019-09-09', -1, '2019-09-10', 0],
  ['2019-09-13', '2019-09-10', { agendaDays: 8, materialDays: 5 }, '2019-09-03', -5, '2019-09-06', -2],
  ['2019-09-16', '2019-09-09', { saturdayCounts: true }, '2019-09-11', 2, '2019-09-12', 3],
  ['2026-04-08', '2026-03-26', {}, '2026-03-30', 2, '2026-03-31', 3],
  ['2026-05-18', '2026-05-11', { saturdayCounts: true }, '2026-05-12', 1, '2026-05-13', 2],
])('%s seen from %s with %o', (meetingDay, today, given, agenda, days, material, materialDays) => {
  expect(deadlinesOf({ meetingDay, today }, { ...usualDeadlines, ...given })).toEqual({
    agenda: { day: agenda, days },
    material: { day: material, days: materialDays },
  })
})
