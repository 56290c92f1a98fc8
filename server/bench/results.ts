import type { Figures } from './workloads/workload.ts'

/** What one server did in one workload of one round; `failure` says in one sentence why there are no figures. */
export type Measured = {
  round: number
  workload: string
  server: string
  figures: Figures
  failure: string | null
}
