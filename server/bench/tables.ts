import { median } from './median.ts'
import type { Options } from './options.ts'
import type { Measured } from './results.ts'
import type { ServerKind } from './servers/kinds.ts'
import type { FigureShape, Workload } from './workloads/workload.ts'

/** All workloads as Markdown tables: the median of the rounds, and in brackets its ratio to the floor. */
export function tables(measured: Measured[], { workloads, servers }: Options): string {
  return workloads.map((workload) => table(measured, workload, servers)).join('\n\n')
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
  const failure = own.find((one) => one.failure)?.failure
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
