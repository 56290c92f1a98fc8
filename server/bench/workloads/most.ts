import type { Workload } from './workload.ts'

const size = { rooms: 20, perRoom: 10 }
const firstRate = 60_000
const longestP99 = 200
const step = 1.25

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
  measure: async ({ start, target, client }) => {
    await client.call('connect', { target: target(await start()), size })
    let best: { most: number; p99: number | null } = { most: 0, p99: null }
    let growth = step
    for (let rate = firstRate; rate < 1_000_000; ) {
      const { isHeld, delivered, p99 } = await attempt(rate)
      if (isHeld) best = { most: delivered, p99 }
      else if (growth < step) break
      else {
        // Half a step back: between what was held and what was not.
        rate /= step
        growth = Math.sqrt(step)
      }
      rate *= growth
      if (isHeld && growth < step) break
    }
    return best

    async function attempt(rate: number) {
      const seconds = 1.5
      const perSecond = rate / (size.perRoom - 1)
      const began = performance.now()
      const typed = await client.call('type', { perSecond, seconds, patience: 4000 })
      // Until the last arrived: what waits in queues at the end was not delivered in time.
      const took = (performance.now() - began) / 1000
      const delivered = typed.delivered / took
      const isWhole = typed.delivered === typed.sent * (size.perRoom - 1)
      const isHeld = isWhole && typed.p99 !== null && typed.p99 <= longestP99 && delivered > rate * 0.85
      return { isHeld, delivered: isHeld ? delivered : 0, p99: typed.p99 }
    }
  },
}
