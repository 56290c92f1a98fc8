import { cpuDuring, type Workload } from './workload.ts'

const people = 500
const typists = 10
const seconds = 5

/** 500 people in one room who each move their cursor once a second, while ten of them type. */
export const presence: Workload = {
  name: 'presence',
  title: `Presence of ${people} in one room, each moving once a second, while ${typists} type`,
  figures: [
    { key: 'p50', label: 'letters p50 ms', digits: 1 },
    { key: 'p99', label: 'letters p99 ms', digits: 1 },
    { key: 'arrived', label: 'letters arrived %', digits: 1 },
    { key: 'presenceP50', label: 'presence p50 ms', digits: 0 },
    { key: 'presenceP99', label: 'presence p99 ms', digits: 0 },
    { key: 'cpu', label: 'CPU %', digits: 0 },
  ],
  suits: () => true,
  patienceSeconds: 90,
  measure: async (cell) => {
    const server = await cell.start()
    await cell.client.call('connect', { target: cell.target, size: { rooms: 1, perRoom: people } })
    const pace = { perSecond: typists * 5, typists, announcePerSecond: people }
    await cell.client.call('type', { ...pace, seconds: cell.warmUp })
    const began = performance.now()
    const { result, cpu } = await cpuDuring({ server, cell }, () =>
      cell.client.call('type', { ...pace, seconds, patience: 10_000 }),
    )
    const { sent, delivered, p50, p99, presenceP50, presenceP99 } = result
    const arrived = (delivered / (sent * (people - 1))) * 100
    return { p50, p99, arrived, presenceP50, presenceP99, cpu: cpu / (performance.now() - began) / 10 }
  },
}
