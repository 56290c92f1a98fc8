import type { Workload } from './workload.ts'

const size = { rooms: 20, perRoom: 10 }
const seconds = 2

/** What is lost when the process is killed within a second of the last letter, at so many letters a second. */
export function killed(perSecond: number): Workload {
  return {
    name: `kill-${perSecond}`,
    title: `Lost at SIGKILL within a second of the last letter, ${perSecond.toLocaleString('en')} letters/s`,
    figures: [
      { key: 'lost', label: 'lost %', digits: 1 },
      { key: 'acknowledgedLost', label: 'acknowledged and lost', digits: 0 },
      { key: 'sent', label: 'of letters', digits: 0 },
    ],
    suits: (kind) => kind.keeps,
    patienceSeconds: 90,
    measure: async (cell) => {
      const { client, target } = cell
      const server = await cell.start()
      await client.call('connect', { target, size })
      await client.call('type', { perSecond, seconds, patience: 0 })
      await client.call('expectLoss', {})
      const delay = Math.random() * 1000
      await new Promise((resolve) => setTimeout(resolve, delay))
      await server.kill()
      await cell.start()
      const { sent, lost, acknowledgedLost } = await client.call('count', {
        target,
        rooms: size.rooms,
      })
      return { lost: (lost / sent) * 100, acknowledgedLost, sent, delay }
    },
  }
}
