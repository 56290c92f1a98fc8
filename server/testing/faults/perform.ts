import { chance } from '../chance.ts'
import type { Fault, Figures, Scale } from './fault.ts'
import type { Site, StoreName } from './site.ts'
import type { Stage } from './stage.ts'

/** One fault to be tried on one store. */
export type Trial = {
  fault: Fault
  store: StoreName
  scale: Scale
  seed: number
  say?: (line: string) => void
}

/** Tries one fault and answers its figures; its sites are closed however it ends. */
export async function perform(stage: Stage, { fault, store, scale, seed, say }: Trial): Promise<Figures> {
  const sites: Site[] = []
  try {
    return await fault.run({
      store,
      scale,
      seed,
      below: chance(seed),
      open: async (limits = {}, { standsBy = false } = {}) => {
        const site = await stage.open({ store, seed, limits, standsBy })
        sites.push(site)
        return site
      },
      say: say ?? (() => undefined),
    })
  } finally {
    for (const site of sites) await site.close()
  }
}
