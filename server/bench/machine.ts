import { readFileSync } from 'node:fs'
import { cpus, totalmem } from 'node:os'

/** What the figures were measured on, in one line. */
export function machine(): string {
  const [first] = cpus()
  const memory = Math.round(totalmem() / 1024 ** 3)
  return `${cpus().length} cores (${first?.model.trim() ?? 'unknown'}), ${memory} GB, Node ${process.versions.node}, loopback`
}

/** Time of all processors since the machine started, and how much of it its host gave to others; in ticks. */
export type Processors = { all: number; taken: number }

/** How the processors have spent their time; null where the system does not tell. */
export function processors(): Processors | null {
  try {
    const [, ...ticks] = readFileSync('/proc/stat', 'utf8').split('\n', 1).join().split(/\s+/)
    return { all: ticks.reduce((sum, tick) => sum + Number(tick), 0), taken: Number(ticks[7]) }
  } catch {
    return null
  }
}

/** What share of the processors' time its host gave to others since then, in %; null where that is not told. */
export function takenSince(before: Processors | null): number | null {
  const now = processors()
  return before && now && ((now.taken - before.taken) / (now.all - before.all)) * 100
}
