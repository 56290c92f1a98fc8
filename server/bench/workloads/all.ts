import { connections } from './connections.ts'
import { fanOut, fixedLoad } from './fan-out.ts'
import { killed } from './killed.ts'
import { mostDelivered } from './most.ts'
import { opening } from './opening.ts'
import { presence } from './presence.ts'
import { quiet } from './quiet.ts'
import { stored } from './stored.ts'
import { trace } from './trace.ts'
import type { Workload } from './workload.ts'

/** Every workload, in the order of the tables. */
export const workloads: readonly Workload[] = [
  fixedLoad,
  fanOut({ rooms: 10, perRoom: 10 }),
  fanOut({ rooms: 1, perRoom: 50 }),
  fanOut({ rooms: 40, perRoom: 5 }),
  trace,
  mostDelivered,
  opening,
  connections(2000),
  connections(10_000),
  presence,
  quiet,
  stored,
  killed(160),
  killed(4000),
]
