import { decode, encode } from 'next-auth/jwt'
import { type Clock, systemClock } from '@/lib/clock.ts'
import { db } from '@/lib/db.ts'
import { env } from '@/lib/env.ts'
import { parseCookies, sessionCookieName } from './cookies.ts'
import type { Actor } from './schema.ts'
import { loadActor } from './store.ts'
import { dayOf } from './term.ts'

/**
 * The signed-in person of a Cookie header, read anew from the database: null when there is no session, when it ran
 * out or was tampered with, and when the person is gone. Asked by pages, actions and the WebSocket upgrade alike.
 */
export async function actorFromCookies(
  header: string | null | undefined,
  clock: Clock = systemClock,
): Promise<Actor | null> {
  const userId = await userIdOf(header)
  return userId ? loadActor(db(), userId, dayOf(clock())) : null
}

/** The Cookie header of a session that is sound and nobody's: who comes with it is refused, on the way of those who are not. */
export async function nobodysCookies(): Promise<string> {
  const { authSecret, publicUrl } = env()
  const token = await encode({ token: { sub: nobody }, secret: authSecret })
  return `${sessionCookieName(publicUrl.startsWith('https:'))}=${token}`
}

const nobody = '00000000-0000-0000-0000-000000000000'

async function userIdOf(header: string | null | undefined): Promise<string | null> {
  const { authSecret, publicUrl } = env()
  const token = parseCookies(header)[sessionCookieName(publicUrl.startsWith('https:'))]
  if (!token) return null
  // A token that does not decrypt or has run out is no session; it is no fault to report either.
  const claims = await decode({ token, secret: authSecret }).catch(() => null)
  return claims?.sub ?? null
}
