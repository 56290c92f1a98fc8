import type { Fault } from './fault.ts'
import { kill } from './list/kill.ts'

/** All faults of the harness, in the order of the list. */
export const faults: readonly Fault[] = [kill]
