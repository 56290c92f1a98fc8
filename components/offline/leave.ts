import { canKeep } from './can-keep.ts'
import { flush } from './queue.ts'
import { ownerNow } from './vault.ts'

export { forgetVault } from './vault.ts'

/** Sends what waits before its author leaves, and answers how much of it is left. */
export async function sendLeft(): Promise<number> {
  const owner = canKeep() ? await ownerNow() : null
  return owner ? (await flush(owner)).left : 0
}
