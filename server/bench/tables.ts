import { median } from './median.ts'
import type { Measured } from './results.ts'
import type { ServerKind } from './servers/kinds.ts'
import type { FigureShape, Workload } from './workloads/workload.ts'

/** What tables show, in this order. */
export type Shown = { workloads: readonly Workload[]; servers: readonly ServerKind[] }

/** All workloads as Markdown tables: the median of the rounds, and in brackets its ratio to the floor. */
export function tables(measured: Measured[], { workloads, servers }: Shown): string {
  return workloads.map((workload) => table(measured, workload, servers)).join('\n\n')
}

/** What the README tells: of each kind of work the one figure that says most. */
const headlines = [
  { workload: 'cpu', key: 'cpu', name: 'CPU ms per 1,000 delivered at 36,000/s' },
  { workload: 'cpu', key: 'p50', name: 'p50 ms at 36,000/s' },
  { workload: '10x10', key: 'cpu', name: 'CPU ms per 1,000, 10 × 10 typing' },
  { workload: '10x10', key: 'p99', name: 'p99 ms, 10 × 10 typing' },
  { workload: 'most', key: 'most', name: 'most delivered/s' },
  { workload: 'cpu', key: 'ackP50', name: 'edit to acknowledgement, p50 ms, 4,000/s' },
  { workload: 'open', key: 'editedLoaded', name: 'open 100,000 edits, loaded, ms' },
  { workload: 'open', key: 'editedRestarted', name: '… after a restart, ms' },
  { workload: 'open', key: 'growth', name: '… growth, MB' },
  { workload: 'idle-10000', key: 'kibibytes', name: 'KiB per idle connection, of 10,000' },
  { workload: 'idle-10000', key: 'back', name: '10,000 back after a kill, ms' },
  { workload: 'stored', key: 'dataAfter', name: 'stored, × merged, after 100,000 keystrokes' },
  { workload: 'kill-4000', key: 'acknowledgedLost', name: 'acknowledged and lost at SIGKILL' },
  { workload: 'quiet', key: 'times', name: 'p99 beside page renders and a search, × alone' },
] as const

/** One table of the headlines, a column a server; ratios to the floor in brackets. */
export function summary(measured: Measured[], { workloads, servers }: Shown): string {
  const rows = headlines.flatMap(({ workload: name, key, name: told }) => {
    const figure = workloads.find((one) => one.name === name)?.figures.find((one) => one.key === key)
    if (!figure) return []
    const rowsOf = (server: string) =>
      measured.filter((one) => one.workload === name && one.server === server)
    const cells = servers.map((server) => cellOf(figure, rowsOf(server.name), rowsOf('floor')))
    return [`| ${[told, ...cells].join(' | ')} |`]
  })
  const head = ['', ...servers.map(({ label }) => label)]
  return [`| ${head.join(' | ')} |`, `|${' --- |'.repeat(head.length)}`, ...rows].join('\n')
}

function table(measured: Measured[], workload: Workload, servers: readonly ServerKind[]): string {
  const rows = measured.filter((one) => one.workload === workload.name)
  const of = (server: string) => rows.filter((one) => one.server === server)
  const floor = of('floor')
  const lines = servers.flatMap(({ name, label }) => {
    const own = of(name)
    if (own.length === 0) return []
    const cells = workload.figures.map((figure) => cellOf(figure, own, floor))
    return [`| ${[label, ...cells].join(' | ')} |`]
  })
  const head = ['server', ...workload.figures.map(({ label }) => label)]
  return [
    `**${workload.title}**`,
    '',
    `| ${head.join(' | ')} |`,
    `|${' --- |'.repeat(head.length)}`,
    ...lines,
  ].join('\n')
}

function cellOf({ key, digits }: FigureShape, own: Measured[], floor: Measured[]): string {
  const failure = own.find((one) => one.failure)?.failure?.split('\n')[0]
  const value = medianOf(own, key)
  if (value === null) return failure ?? '–'
  const base = medianOf(floor, key)
  const ratio = base && own[0]?.server !== 'floor' ? ` (${(value / base).toFixed(2)}×)` : ''
  const failed = own.filter((one) => one.failure).length
  return `${value.toLocaleString('en', { maximumFractionDigits: digits })}${ratio}${failed ? `, ${failed} failed` : ''}`
}

function medianOf(measured: Measured[], key: string): number | null {
  return median(measured.map(({ figures }) => figures[key] ?? null))
}
