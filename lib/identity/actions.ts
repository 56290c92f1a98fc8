'use server'

import { cookies } from 'next/headers'
import { z } from 'zod'
import { locales } from '@/lib/i18n/messages.ts'
import { rememberLocale } from './membership-service.ts'
import { currentActor } from './session.ts'

const year = 365 * 24 * 60 * 60

/**
 * Keeps the language this browser wants for a year; open to all, and the page is drawn anew in it. What is sent to who
 * is signed in comes in it too.
 */
export async function chooseLocale(locale: string): Promise<void> {
  const parsed = z.enum(locales).safeParse(locale)
  if (!parsed.success) return
  const jar = await cookies()
  jar.set('locale', parsed.data, { maxAge: year, path: '/', sameSite: 'lax', httpOnly: true })
  await rememberLocale(await currentActor(), parsed.data)
}
