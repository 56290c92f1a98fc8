import { createState, emptyContent } from '@/lib/agenda/doc.ts'
import { packLog } from '@/lib/agenda/kept-log.ts'
import { nobodysCookies } from '@/lib/identity/token.ts'
import { type GateSources, judge } from './gate.ts'
import type { DocStore } from './rooms.ts'
import type { Pool } from './threads/pool.ts'

type Paths = { sources: GateSources; store: Pick<DocStore, 'load'>; pool: Pool }

const noItem = '00000000-0000-0000-0000-000000000000'
/** So many at once: each that comes while others wait takes a connection of its own. */
const together = 4

/**
 * Goes the way of who comes, for nobody: a process takes a quarter of a second over what it does for the first time,
 * and after a restart everybody comes at once. Rejects when the database does not answer.
 */
export async function warmUp({ sources, store, pool }: Paths): Promise<void> {
  const state = createState({ ...emptyContent, title: 'Prøve' })
  const cookies = await nobodysCookies()
  const room = { kind: 'item', id: noItem } as const
  const visit = async () => {
    await judge({ room, generation: null, since: null, wantsToWrite: false, cookies }, sources)
    await Promise.all([sources.item(noItem), store.load({ itemId: noItem, generation: 1 })])
  }
  await Promise.all([
    ...Array.from({ length: together }, visit),
    pool.warm(packLog(noItem, Array(64).fill(state))),
  ])
}
