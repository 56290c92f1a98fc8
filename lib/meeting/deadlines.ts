import { type WorkingWeek, workingDaysBefore, workingDaysBetween } from './working-days.ts'

/** A body's deadlines: how many working days before a meeting its agenda and its material are to be sent out. */
export type DeadlineRule = WorkingWeek & { agendaDays: number; materialDays: number }

/** The deadlines a body has unless it sets others. */
export const usualDeadlines: DeadlineRule = { agendaDays: 4, materialDays: 3, saturdayCounts: false }

/** A day "2019-09-13" and how many working days from today it lies ahead, negative when it has passed. */
export type Deadline = { day: string; days: number }

/** When a meeting's agenda and material are to be sent out, so far as possible. */
export type Deadlines = { agenda: Deadline; material: Deadline }

/** The deadlines of a meeting on a day, seen from today; both days in Denmark, "2019-09-13". */
export function deadlinesOf(
  { meetingDay, today }: { meetingDay: string; today: string },
  rule: DeadlineRule,
): Deadlines {
  const deadline = (count: number): Deadline => {
    const day = workingDaysBefore(meetingDay, count, rule)
    return { day, days: workingDaysBetween(today, day, rule) }
  }
  return { agenda: deadline(rule.agendaDays), material: deadline(rule.materialDays) }
}
