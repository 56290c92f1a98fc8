import { expect, test } from 'vitest'
import { Rests } from './rests.ts'

const minute = 60_000

function stage(keep: (itemId: string) => void = () => undefined) {
  let now = 0
  const kept: string[] = []
  const failures: unknown[] = []
  const rests = new Rests({
    keep: async (itemId, at) => {
      kept.push(`${itemId} ${at.getTime() / minute}`)
      keep(itemId)
    },
    failed: (error) => failures.push(error),
    clock: () => new Date(now),
    every: 3_600_000,
  })
  return {
    rests,
    kept,
    failures,
    at: (minutes: number) => {
      now = minutes * minute
      return rests
    },
  }
}

test('[R73] words are kept once after a pause, and again only when somebody wrote', async () => {
  const { at, kept, rests } = stage()
  at(0).wrote('item', 'a')
  await at(4).look()
  expect(kept).toEqual([])
  await at(5).look()
  await at(20).look()
  expect(kept).toEqual(['item 5'])
  at(21).wrote('item', 'a')
  await at(26).look()
  expect(kept).toEqual(['item 5', 'item 26'])
  await rests.stop()
})

test('[R73] words are looked at when somebody takes over, and not when two write together', async () => {
  const { at, kept, rests } = stage()
  at(0).wrote('item', 'a')
  at(0.5).wrote('item', 'b')
  at(1).wrote('item', 'a')
  expect(kept).toEqual([])
  at(3).wrote('item', 'c')
  await rests.stop()
  expect(kept).toEqual(['item 3'])
})

test('[R73] words are kept now and then in a long stretch', async () => {
  const { at, kept, rests } = stage()
  for (let minutes = 0; minutes <= 70; minutes += 2) {
    at(minutes).wrote('item', 'a')
    await rests.look()
  }
  await rests.stop()
  expect(kept).toEqual(['item 30', 'item 60'])
})

test('[R74] one that cannot be kept holds up no other, and stopping waits for what is under way', async () => {
  const { at, kept, failures, rests } = stage((itemId) => {
    if (itemId === 'one') throw new Error('No database')
  })
  rests.lookAfter(['one', 'two'])
  void at(6).look()
  await rests.stop()
  expect(kept).toEqual(['one 6', 'two 6'])
  expect(failures).toHaveLength(1)
})
