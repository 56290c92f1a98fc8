import { coalesce } from '@/components/agenda/coalesce.ts'
import { canKeep } from './can-keep.ts'
import { refreshCopies } from './copies.ts'
import { type Flushed, flush } from './queue.ts'
import { pauseAfter } from './queue-rules.ts'
import { onTold } from './told.ts'
import { type Owner, openFor, ownerNow } from './vault.ts'

type Told = (flushed: Flushed) => void

/** Makes this browser's copies those of the signed-in person, and keeps them and the queue up to date. */
export async function keepFor(userId: string, told: Told): Promise<() => void> {
  if (!canKeep()) return () => undefined
  return keep(await openFor(userId, Date.now()), told)
}

/** The same on a page that does not know who is signed in: for whoever's the copies are. */
export async function keepOn(told: Told): Promise<() => void> {
  const owner = canKeep() ? await ownerNow() : null
  return owner ? keep(owner, told) : () => undefined
}

function keep(owner: Owner, told: Told): () => void {
  let tries = 0
  let isOver = false
  let timer: ReturnType<typeof setTimeout> | undefined
  const sendAll = coalesce(async () => {
    clearTimeout(timer)
    const flushed = await flush(owner)
    if (isOver) return
    told(flushed)
    tries = flushed.sent > 0 ? 0 : tries + 1
    if (flushed.left > 0) timer = setTimeout(() => void sendAll(), pauseAfter(tries))
  })
  const refresh = coalesce(() => refreshCopies(owner))
  // What was written first, so that what is fetched has it.
  const comeBack = () => {
    tries = 0
    void sendAll().then(refresh)
  }
  // Written while there was no answer: there may well be a net.
  const stop = onTold('written', () => {
    tries = 0
    if (navigator.onLine) void sendAll()
  })
  const look = () => document.visibilityState === 'visible' && comeBack()
  comeBack()
  window.addEventListener('online', comeBack)
  document.addEventListener('visibilitychange', look)
  return () => {
    isOver = true
    clearTimeout(timer)
    stop()
    window.removeEventListener('online', comeBack)
    document.removeEventListener('visibilitychange', look)
  }
}
