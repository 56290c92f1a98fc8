import type { Limits } from '../../limits.ts'
import type { Chance } from '../chance.ts'
import type { Site, StoreName } from './site.ts'

/** How much of a fault is tried: its own numbers, by name. `times` is what `--times` sets. */
export type Scale = { times: number } & Record<string, number>

/** What a fault is given: a fresh site of its own, and how to tell how far it is. */
export type Scene = {
  store: StoreName
  scale: Scale
  seed: number
  below: Chance
  /** Opens a site; it is closed when the fault is through, however it ends. */
  open(limits?: Partial<Limits>, given?: { standsBy?: boolean }): Promise<Site>
  say(line: string): void
}

/** What was counted and measured, by name. */
export type Figures = Record<string, number | string>

/** One fault of the list in the harness. */
export type Fault = {
  name: string
  /** Its number in the list of faults. */
  number: number
  /** What is done to the server and what must hold, in one sentence. */
  about: string
  stores: readonly StoreName[]
  /** Those of them that `npm test` tries; all when left out. */
  shortStores?: readonly StoreName[]
  /** What `npm test` tries, and what is tried by command. */
  short: Scale
  long: Scale
  /** Injects it. Throws Violation when what must hold does not. */
  run(scene: Scene): Promise<Figures>
}
