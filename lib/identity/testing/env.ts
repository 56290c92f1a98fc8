import { readEnv, setEnv } from '@/lib/env.ts'
import { site } from './browser.ts'

/** A secret for tests. */
export const testSecret = 'a secret of tests, 32 characters'

/** Settles the settings of a test process: those given, and the site of the tests. */
export function setTestEnv(changes: Record<string, string | undefined> = {}): void {
  const answer = readEnv({ PUBLIC_URL: site, AUTH_SECRET: testSecret, ...changes })
  if (!answer.ok) throw new Error(answer.sentence)
  setEnv({ ...answer.env, authSecret: testSecret })
}
