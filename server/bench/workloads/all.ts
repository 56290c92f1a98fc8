import { fanOut, fixedLoad } from './fan-out.ts'
import { idle } from './idle.ts'
import { mostDelivered } from './most.ts'
import { opening } from './opening.ts'
import type { Workload } from './workload.ts'

/** Every workload, in the order of the tables. */
export const workloads: readonly Workload[] = [
  fixedLoad,
  fanOut({ rooms: 10, perRoom: 10 }),
  fanOut({ rooms: 1, perRoom: 50 }),
  fanOut({ rooms: 40, perRoom: 5 }),
  mostDelivered,
  opening,
  idle(2000),
  idle(10_000),
]
