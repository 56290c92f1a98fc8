import { askAuth } from './ask-auth.ts'

/** Signs out: the copies kept in this browser go, then the session and the page, even where forgetting failed. */
export async function signOut(): Promise<void> {
  try {
    // Loaded on the press: pages without an editor need none of its code before.
    const { forgetOffline } = await import('@/components/agenda/connection.ts')
    await forgetOffline()
  } finally {
    await askAuth('signout', { callbackUrl: '/log-ind?besked=logget-ud' })
  }
}
