import type { CrowdSize } from '../client/target.ts'
import { type Cell, cpuDuring, type Figures, type Workload } from './workload.ts'

const figures = [
  { key: 'p50', label: 'p50 ms', digits: 2 },
  { key: 'p99', label: 'p99 ms', digits: 2 },
  { key: 'cpu', label: 'CPU ms per 1,000 delivered', digits: 2 },
  { key: 'databaseCpu', label: '…of PostgreSQL', digits: 2 },
  { key: 'ackP50', label: 'ack p50 ms', digits: 1 },
  { key: 'ackP99', label: 'ack p99 ms', digits: 1 },
] as const

const lettersPerSecond = 5

/** So many rooms of so many clients, everyone typing five letters a second. */
export function fanOut(size: CrowdSize): Workload {
  const perSecond = size.rooms * size.perRoom * lettersPerSecond
  return load(`${size.rooms}x${size.perRoom}`, {
    title: `Fan-out, ${size.rooms} rooms × ${size.perRoom}, at typing speed`,
    size,
    perSecond,
    seconds: 4,
  })
}

/** 4,000 letters a second in 20 rooms of 10: 36,000 deliveries a second, whichever the server. */
export const fixedLoad: Workload = load('cpu', {
  title: '36,000 deliveries/s, 20 rooms × 10',
  size: { rooms: 20, perRoom: 10 },
  perSecond: 4000,
  seconds: 6,
})

type Load = { title: string; size: CrowdSize; perSecond: number; seconds: number }

function load(name: string, { title, size, perSecond, seconds }: Load): Workload {
  return {
    name,
    title,
    figures,
    suits: () => true,
    patienceSeconds: 60,
    measure: async (cell) => {
      const server = await cell.start()
      await cell.client.call('connect', { target: cell.target, size })
      await cell.client.call('type', { perSecond, seconds: cell.warmUp })
      return measured(
        cell,
        await cpuDuring({ server, cell }, () => cell.client.call('type', { perSecond, seconds })),
      )
    },
  }
}

function measured(
  { kind, prepared }: Cell,
  {
    result,
    cpu,
    databaseCpu,
  }: Awaited<ReturnType<typeof cpuDuring<{ sent: number; delivered: number } & Figures>>>,
): Figures {
  const { delivered, p50 = null, p99 = null, ackP50 = null, ackP99 = null } = result
  if (delivered === 0) throw new Error('Nothing was delivered')
  const perThousand = (micros: number) => micros / delivered
  return {
    p50,
    p99,
    cpu: perThousand(cpu),
    databaseCpu: prepared.store.hasProcesses ? perThousand(databaseCpu) : null,
    ackP50: kind.wire === 'ours' ? ackP50 : null,
    ackP99: kind.wire === 'ours' ? ackP99 : null,
  }
}
