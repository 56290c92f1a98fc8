import { expect, test } from 'vitest'
import { Reminders } from './reminders.ts'

test('rounds come one after the other, by the clock given, and a failed one is told and not the last', async () => {
  const days = ['2019-09-05', '2019-09-06', '2019-09-09'].map((day) => new Date(day))
  const seen: string[] = []
  const failures: unknown[] = []
  let letGo: () => void = () => undefined
  const reminders = new Reminders({
    every: 3_600_000,
    clock: () => days[seen.length] ?? new Date(0),
    remind: async (now) => {
      seen.push(now.toISOString().slice(0, 10))
      if (seen.length === 1) {
        await new Promise<void>((resolve) => {
          letGo = resolve
        })
      }
      if (seen.length === 2) throw new Error('the database is away')
    },
    failed: (error) => failures.push(error),
  })
  const first = reminders.round()
  expect(reminders.round()).toBe(first)
  letGo()
  await first
  await reminders.round()
  await reminders.round()
  await reminders.stop()
  expect(seen).toEqual(['2019-09-05', '2019-09-06', '2019-09-09'])
  expect(failures).toHaveLength(1)
})
