import { monitorEventLoopDelay } from 'node:perf_hooks'

/** One figure as Prometheus reads it; times in seconds, sizes in bytes. */
export type Metric = {
  name: string
  help: string
  kind: 'counter' | 'gauge'
  /** Its values, by their labels. */
  samples: { labels?: Record<string, string | number>; value: number }[]
}

/** Counts how many observations were at most each bound; plain numbers, so that observing costs next to nothing. */
export class Histogram {
  readonly #bounds: readonly number[]
  readonly #counts: number[]
  #sum = 0

  constructor(bounds: readonly number[]) {
    this.#bounds = bounds
    this.#counts = new Array(bounds.length + 1).fill(0)
  }

  observe(value: number): void {
    let at = 0
    while (at < this.#bounds.length && value > (this.#bounds[at] ?? 0)) at++
    this.#counts[at] = (this.#counts[at] ?? 0) + 1
    this.#sum += value
  }

  /** The lines of one histogram, which has these labels. */
  lines(name: string, labels: Record<string, string | number> = {}): string[] {
    let total = 0
    const buckets = this.#counts.map((count, at) => {
      total += count
      return line(`${name}_bucket`, { ...labels, le: this.#bounds[at] ?? '+Inf' }, total)
    })
    return [...buckets, line(`${name}_sum`, labels, this.#sum), line(`${name}_count`, labels, total)]
  }
}

/** Several histograms of one name, told apart by their labels. */
export type Histograms = {
  name: string
  help: string
  histograms: { labels?: Record<string, string | number>; histogram: Histogram }[]
}

/** Writes figures as Prometheus's text format, version 0.0.4. */
export function exposition(metrics: readonly (Metric | Histograms)[]): string {
  const lines = metrics.flatMap((metric) =>
    'kind' in metric
      ? [
          ...head(metric, metric.kind),
          ...metric.samples.map(({ labels, value }) => line(metric.name, labels ?? {}, value)),
        ]
      : [
          ...head(metric, 'histogram'),
          ...metric.histograms.flatMap(({ labels, histogram }) => histogram.lines(metric.name, labels)),
        ],
  )
  return `${lines.join('\n')}\n`
}

function head({ name, help }: { name: string; help: string }, kind: string): string[] {
  return [`# HELP ${name} ${help}`, `# TYPE ${name} ${kind}`]
}

function line(name: string, labels: Record<string, string | number>, value: number): string {
  const pairs = Object.entries(labels).map(([key, of]) => `${key}="${of}"`)
  return `${name}${pairs.length > 0 ? `{${pairs.join(',')}}` : ''} ${value}`
}

// A timer that comes this often tells how late it is; the interval itself is in what it measures.
const resolution = 20
const nanoseconds = 1e9

/** The figures of this process itself, with `prefix` before their names; the delay is that since they were last asked for. */
export function processFigures(prefix: string): () => Metric[] {
  const delay = monitorEventLoopDelay({ resolution })
  delay.enable()
  return () => {
    const late = (of: number) => Math.max(0, of / nanoseconds - resolution / 1000)
    const quantiles = [0.5, 0.99, 1].map((quantile) => ({
      labels: { quantile },
      value: delay.count > 0 ? late(delay.percentile(quantile * 100)) : 0,
    }))
    delay.reset()
    const { rss, heapUsed } = process.memoryUsage()
    const { user, system } = process.cpuUsage()
    return [
      {
        name: `${prefix}_event_loop_delay_seconds`,
        help: 'How late the event loop was, since the last scrape.',
        kind: 'gauge',
        samples: quantiles,
      },
      gauge(`${prefix}_resident_bytes`, 'Resident memory of the process.', rss),
      gauge(`${prefix}_heap_bytes`, 'Used heap of the main thread.', heapUsed),
      counter(`${prefix}_cpu_seconds_total`, 'CPU time of all threads.', (user + system) / 1e6),
    ]
  }
}

/** A figure with one value that may fall. */
export function gauge(name: string, help: string, value: number): Metric {
  return { name, help, kind: 'gauge', samples: [{ value }] }
}

/** A figure with one value that only grows. */
export function counter(name: string, help: string, value: number): Metric {
  return { name, help, kind: 'counter', samples: [{ value }] }
}
