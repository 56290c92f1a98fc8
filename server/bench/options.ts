import { parseArgs } from 'node:util'
import { type ServerKind, serverKinds } from './servers/kinds.ts'
import { workloads as allWorkloads } from './workloads/all.ts'
import type { Workload } from './workloads/workload.ts'

/** What is to be measured. */
export type Options = {
  servers: readonly ServerKind[]
  workloads: readonly Workload[]
  rounds: number
  /** Is everything measured, so that the result may stand in the README? */
  isWhole: boolean
  asGiven: string[]
}

/** Reads `--servers a,b --workloads c,d --rounds n`; throws a sentence when a name is unknown. */
export function readOptions(args: string[]): Options {
  const { values } = parseArgs({
    args,
    options: { servers: { type: 'string' }, workloads: { type: 'string' }, rounds: { type: 'string' } },
  })
  const rounds = Number(values.rounds ?? 3)
  if (!Number.isInteger(rounds) || rounds < 1) throw new Error(`--rounds can't be ${values.rounds}`)
  return {
    servers: pick(serverKinds, values.servers),
    workloads: pick(allWorkloads, values.workloads),
    rounds,
    isWhole: !values.servers && !values.workloads && rounds >= 3,
    asGiven: args,
  }
}

function pick<T extends { name: string }>(all: readonly T[], names: string | undefined): readonly T[] {
  if (!names) return all
  return names.split(',').map((name) => {
    const found = all.find((one) => one.name === name.trim())
    if (!found) throw new Error(`There is no ${name}; there are ${all.map((one) => one.name).join(', ')}.`)
    return found
  })
}
