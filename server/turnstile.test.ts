import { expect, test } from 'vitest'
import { TurnMissed, Turnstile } from './turnstile.ts'

test('[R17] so many are let through at a time, the others in the order they came, whatever becomes of those inside', async () => {
  const turnstile = new Turnstile(2)
  const ends: (() => void)[] = []
  const began: number[] = []
  const all = Array.from({ length: 5 }, (_, at) =>
    turnstile.through(async () => {
      began.push(at)
      await new Promise<void>((resolve) => ends.push(resolve))
      if (at === 1) throw new Error('away')
      return at
    }),
  )
  const settled = Promise.allSettled(all)
  const tick = () => new Promise((resolve) => setTimeout(resolve, 0))
  await tick()
  expect([began, turnstile.waiting]).toEqual([[0, 1], 3])
  ends[1]?.()
  await tick()
  expect(began).toEqual([0, 1, 2])
  for (let at = 0; at < 5; at++) {
    ends[at]?.()
    await tick()
  }
  const answers = (await settled).map((one) => (one.status === 'fulfilled' ? one.value : 'failed'))
  expect(answers).toEqual([0, 'failed', 2, 3, 4])
  await turnstile.through(async () => expect(turnstile.waiting).toBe(0))
})

test('[R19] who waits too long goes away, inside or out, and what had not begun is not done', async () => {
  const turnstile = new Turnstile(1)
  const began: string[] = []
  let end = () => {}
  const slow = turnstile.throughWithin(5, () => {
    began.push('slow')
    return new Promise<void>((resolve) => {
      end = resolve
    })
  })
  const next = turnstile.throughWithin(5, async () => void began.push('next'))
  const missed = { status: 'rejected', reason: expect.any(TurnMissed) }
  expect(await Promise.allSettled([slow, next])).toEqual([missed, missed])
  expect(turnstile.waiting).toBe(0)
  const patient = turnstile.throughWithin(10_000, async () => void began.push('patient'))
  expect(turnstile.waiting).toBe(1)
  end()
  await patient
  expect(began).toEqual(['slow', 'patient'])
})
