import { encode } from 'next-auth/jwt'
import { WebSocket } from 'ws'
import { type Env, readEnv, setEnv } from '@/lib/env.ts'
import { sessionCookieName } from '@/lib/identity/cookies.ts'

/** The secret tests seal their sessions with. */
export const authSecret = 'a secret of thirty-two characters'

/** The settings of a server under test, with what else is given. */
export function testEnv(given: Record<string, string> = {}): Env {
  const mail = { SMTP_URL: 'smtp://mail.test', MAIL_FROM: 'dagsorden@dagsorden.test' }
  const publicUrl = 'http://dagsorden.test'
  const answer = readEnv({
    ...mail,
    AUTH_SECRET: authSecret,
    PUBLIC_URL: publicUrl,
    LOG_LEVEL: 'silent',
    ...given,
  })
  if (!answer.ok) throw new Error(answer.sentence)
  return { ...answer.env, authSecret }
}

/** Makes the settings of tests those of this process. */
export function settle(): void {
  setEnv(testEnv())
}

/** The Cookie header of somebody who is signed in. */
export async function cookieFor(userId: string): Promise<string> {
  const token = await encode({ token: { sub: userId }, secret: authSecret })
  return `${sessionCookieName(false)}=${token}`
}

/** The socket class of a browser that sends these headers. */
export function browserWith(headers: Record<string, string>): typeof globalThis.WebSocket {
  class Browser extends WebSocket {
    constructor(address: string | URL, protocols?: string | string[]) {
      super(address, protocols ?? [], { headers })
    }
  }
  // ws keeps to the browser's interface in all that y-websocket uses.
  return Browser as unknown as typeof globalThis.WebSocket
}
