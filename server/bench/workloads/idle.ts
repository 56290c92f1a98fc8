import { cpuDuring, type Workload } from './workload.ts'

const perRoom = 10

/** Connections in which nothing is said, ten to a room. */
export function idle(connections: number): Workload {
  return {
    name: `idle-${connections}`,
    title: `${connections.toLocaleString('en')} idle connections, ${perRoom} to a room`,
    figures: [
      { key: 'kibibytes', label: 'KiB per connection', digits: 1 },
      { key: 'cpu', label: 'CPU %', digits: 1 },
      { key: 'databaseCpu', label: '…of PostgreSQL', digits: 1 },
      { key: 'connect', label: 'all let in after, ms', digits: 0 },
    ],
    suits: () => true,
    patienceSeconds: 120,
    measure: async (cell) => {
      const server = await cell.start()
      const before = await server.settledUsage()
      const size = { rooms: connections / perRoom, perRoom }
      const { ms: connect } = await cell.client.call('connect', {
        target: cell.target(server),
        size,
        atATime: 100,
      })
      const after = await server.settledUsage()
      const seconds = 6
      const quiet = () => new Promise<void>((resolve) => setTimeout(resolve, seconds * 1000))
      const { cpu, databaseCpu } = await cpuDuring({ server, cell }, quiet)
      return {
        kibibytes: (after.resident - before.resident) / 1024 / connections,
        cpu: cpu / seconds / 10_000,
        databaseCpu: cell.prepared.store.hasProcesses ? databaseCpu / seconds / 10_000 : null,
        connect,
      }
    },
  }
}
