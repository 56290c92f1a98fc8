import { sessionFile } from '../trace/session.ts'
import { cpuDuring, type Workload } from './workload.ts'

const setting = { rooms: 10, readers: 8, speed: 5 }

/** What two people's editors really sent, replayed five times as fast in ten rooms with eight readers each. */
export const trace: Workload = {
  name: 'trace',
  title: 'A recorded session of two editors, 5 × as fast, 10 rooms × (2 + 8)',
  figures: [
    { key: 'p50', label: 'p50 ms', digits: 2 },
    { key: 'p99', label: 'p99 ms', digits: 2 },
    { key: 'cpu', label: 'CPU ms per 1,000 delivered', digits: 2 },
    { key: 'databaseCpu', label: '…of PostgreSQL', digits: 2 },
  ],
  suits: () => true,
  patienceSeconds: 60,
  measure: async (cell) => {
    const server = await cell.start()
    await cell.client.call('beginReplay', { target: cell.target, file: sessionFile, ...setting })
    await cell.client.call('replay', { seconds: 2 })
    const { result, cpu, databaseCpu } = await cpuDuring({ server, cell }, () =>
      cell.client.call('replay', { seconds: 5 }),
    )
    const { delivered, p50, p99 } = result
    if (delivered === 0) throw new Error('Nothing was delivered')
    const ofDatabase = cell.prepared.store.hasProcesses ? databaseCpu / delivered : null
    return { p50, p99, cpu: cpu / delivered, databaseCpu: ofDatabase }
  },
}
