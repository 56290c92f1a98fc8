import { parseArgs } from 'node:util'
import { type ServerKind, serverKinds } from './servers/kinds.ts'
import { workloads as allWorkloads } from './workloads/all.ts'
import type { Workload } from './workloads/workload.ts'

/** What is to be measured. */
export type Options = {
  servers: readonly ServerKind[]
  workloads: readonly Workload[]
  rounds: number
  /** Shall the tables be written into the READMEs? Only when all was measured three times or more. */
  write: boolean
  /** The histories of earlier runs, the oldest first: the tables keep of each the workloads that were not measured after it. */
  beside: string[]
  /** How long a server is written in before that is measured, s. */
  warmUp: number
  /** Where the servers' threads leave what they spent their time on; null when nobody asks. */
  profile: string | null
  asGiven: string[]
}

/** Reads `--servers a,b --workloads c,d --rounds n --write --beside history … --warm-up seconds --profile folder`; throws a sentence when a name is unknown. */
export function readOptions(args: string[]): Options {
  const { values } = parseArgs({
    args,
    options: {
      servers: { type: 'string' },
      workloads: { type: 'string' },
      rounds: { type: 'string' },
      write: { type: 'boolean' },
      beside: { type: 'string', multiple: true },
      'warm-up': { type: 'string' },
      profile: { type: 'string' },
    },
  })
  const rounds = Number(values.rounds ?? 3)
  if (!Number.isInteger(rounds) || rounds < 1) throw new Error(`--rounds can't be ${values.rounds}`)
  const warmUp = Number(values['warm-up'] ?? 2)
  if (!(warmUp >= 0 && warmUp <= 30)) throw new Error(`--warm-up can't be ${values['warm-up']}`)
  if (values.write && values.profile)
    throw new Error('Who is watched is slower: --profile goes without --write')
  if (values.write && rounds < 3) throw new Error('--write goes with three rounds or more')
  return {
    servers: pick(serverKinds, values.servers),
    workloads: pick(allWorkloads, values.workloads),
    rounds,
    write: values.write ?? false,
    beside: values.beside ?? [],
    warmUp,
    profile: values.profile ?? null,
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
