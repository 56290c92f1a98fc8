import { cpuDuring, type Workload } from './workload.ts'

const perRoom = 10
// A y-websocket client says every 15 s that it is still here, and its room is told.
const announceEvery = 15

/** Connections in which nobody types, ten to a room; then the server is killed, and all come back at once. */
export function connections(count: number): Workload {
  return {
    name: `idle-${count}`,
    title: `${count.toLocaleString('en')} idle connections, ${perRoom} to a room, and all coming back at once after a kill`,
    figures: [
      { key: 'kibibytes', label: 'KiB each', digits: 1 },
      { key: 'cpu', label: 'idle CPU %', digits: 1 },
      { key: 'databaseCpu', label: '…of PostgreSQL', digits: 1 },
      { key: 'back', label: 'all back after, ms', digits: 0 },
      { key: 'backP50', label: 'half back after, ms', digits: 0 },
    ],
    suits: () => true,
    patienceSeconds: 180,
    measure: async (cell) => {
      const { client, target, prepared } = cell
      const server = await cell.start()
      const before = await server.settledUsage()
      const size = { rooms: count / perRoom, perRoom }
      await client.call('connect', { target, size, atATime: 100 })
      const pace = { perSecond: 0, announcePerSecond: count / announceEvery, patience: 0 }
      await client.call('type', { ...pace, seconds: 2 })
      const after = await server.settledUsage()
      const seconds = 5
      const { cpu, databaseCpu } = await cpuDuring({ server, cell }, () =>
        client.call('type', { ...pace, seconds }),
      )
      await client.call('expectLoss', {})
      await server.kill()
      await cell.start()
      const { ms: back, p50: backP50 } = await client.call('comeBack', { patience: 90_000 })
      return {
        kibibytes: (after.resident - before.resident) / 1024 / count,
        cpu: cpu / seconds / 10_000,
        databaseCpu: prepared.store.hasProcesses ? databaseCpu / seconds / 10_000 : null,
        back,
        backP50,
      }
    },
  }
}
