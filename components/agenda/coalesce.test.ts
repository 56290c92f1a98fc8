import { describe, expect, it } from 'vitest'
import { coalesce } from './coalesce.ts'

function byHand() {
  const open: { resolve: (value: number) => void; reject: (error: Error) => void }[] = []
  const load = coalesce(() => new Promise<number>((resolve, reject) => open.push({ resolve, reject })))
  return { open, load }
}

describe('coalesce', () => {
  it('gives calls made while one is under way the answer of one that began after them', async () => {
    const { open, load } = byHand()
    const first = load()
    const second = load()
    const third = load()
    expect(open).toHaveLength(1)
    open[0]?.resolve(1)
    expect(await first).toBe(1)
    await Promise.resolve()
    expect(open).toHaveLength(2)
    open[1]?.resolve(2)
    expect(await second).toBe(2)
    expect(await third).toBe(2)
  })

  it('begins the waiting one also after a failure', async () => {
    const { open, load } = byHand()
    const first = load()
    const second = load()
    open[0]?.reject(new Error('offline'))
    await expect(first).rejects.toThrow('offline')
    open[1]?.resolve(2)
    expect(await second).toBe(2)
  })

  it('begins at once when nothing is under way', async () => {
    const { open, load } = byHand()
    const first = load()
    open[0]?.resolve(1)
    await first
    const second = load()
    expect(open).toHaveLength(2)
    open[1]?.resolve(2)
    expect(await second).toBe(2)
  })
})
