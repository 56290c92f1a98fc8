import { setTimeout as pause } from 'node:timers/promises'
import { adapterFor } from './adapter.ts'
import { PrismaClient } from './client/client.ts'

// Any number, the same in every process of this product.
const key = 7_306_510_429
const askEvery = 200
const longestWork = 30 * 60_000

/**
 * Does `work` while no other process on this PostgreSQL database does any such work; the others wait for their turn.
 * Several processes that start at once must not migrate or fill the same tables.
 */
export async function alone<T>(url: string, work: () => Promise<T>): Promise<T> {
  const client = new PrismaClient({ adapter: adapterFor(url) })
  const turn = () =>
    client.$transaction(
      async (tx) => {
        // Asked again and again instead of waited for: a query that waits is cut off.
        const [row] = await tx.$queryRaw<
          { mine: boolean }[]
        >`SELECT pg_try_advisory_xact_lock(${key}) AS mine`
        return row?.mine ? { done: await work() } : null
      },
      { maxWait: 10_000, timeout: longestWork },
    )
  try {
    for (;;) {
      const had = await turn()
      if (had) return had.done
      await pause(askEvery)
    }
  } finally {
    await client.$disconnect()
  }
}
