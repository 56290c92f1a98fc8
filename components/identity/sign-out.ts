import { askAuth } from './ask-auth.ts'

/**
 * Signs out: all that is kept in this browser goes, then the session and the page, even where forgetting failed. What
 * was written and not yet sent is sent first; where that can't be, `mayLose` is asked whether so many may be lost.
 */
export async function signOut(mayLose: (count: number) => boolean): Promise<void> {
  // Loaded on the press: pages without an editor or anything kept need none of their code before.
  const offline = await import('@/components/offline/leave.ts')
  const unsent = await offline.sendLeft().catch(() => 0)
  if (unsent > 0 && !mayLose(unsent)) return
  try {
    const { forgetOffline } = await import('@/components/agenda/connection.ts')
    await Promise.all([forgetOffline(), offline.forgetVault()])
  } finally {
    await askAuth('signout', { callbackUrl: '/log-ind?besked=logget-ud' })
  }
}
