import type { Cell, Workload } from './workload.ts'

const size = { rooms: 20, perRoom: 10 }
const firstRate = 45_000
const longestP99 = 200
const doubling = 1.5

/** More and more deliveries a second until one in a hundred takes longer than 200 ms, or they no longer all come. */
export const mostDelivered: Workload = {
  name: 'most',
  title: 'Most delivered per second until p99 > 200 ms, 20 rooms × 10',
  figures: [
    { key: 'most', label: 'delivered/s', digits: 0 },
    { key: 'p99', label: 'p99 ms there', digits: 1 },
  ],
  suits: () => true,
  patienceSeconds: 90,
  measure: async (cell) => {
    await cell.start()
    await cell.client.call('connect', { target: cell.target, size })
    let held = { most: 0, p99: null as number | null }
    let factor = doubling
    let rate = firstRate
    // Up by halves until it is too much; then between the last that was held and that, twice.
    while (factor > 1.07) {
      const attempt = (await attemptAt(cell, rate)) ?? (await attemptAt(cell, rate))
      if (attempt) held = attempt
      if (!attempt && held.most === 0) break
      if (!attempt || factor < doubling) {
        factor = Math.sqrt(factor)
        rate = attempt ? rate * factor : rate / factor
      } else rate *= factor
    }
    return held
  },
}

async function attemptAt(
  { client }: Cell,
  rate: number,
): Promise<{ most: number; p99: number | null } | null> {
  const began = performance.now()
  const perSecond = rate / (size.perRoom - 1)
  const typed = await client.call('type', { perSecond, seconds: 1.2, patience: 3000 })
  // Until the last arrived: what waits in queues at the end was not delivered in time.
  const most = typed.delivered / ((performance.now() - began) / 1000)
  const isWhole = typed.delivered === typed.sent * (size.perRoom - 1)
  const isHeld = isWhole && typed.p99 !== null && typed.p99 <= longestP99 && most > rate * 0.8
  return isHeld ? { most, p99: typed.p99 } : null
}
