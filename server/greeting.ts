import type { StoreKind } from '@/lib/db.ts'
import { demoSignIn, type Env } from '@/lib/env.ts'
import { demoPeople } from '@/prisma/demo/people.ts'

/** What the process says when it is ready: the address, the store in use and who can sign in. */
export function greeting(env: Env, store: StoreKind): string {
  const lines = ['', `Dagsorden is ready on ${env.publicUrl}`, storeLine(env, store), ...signInLines(env), '']
  return lines.join('\n')
}

function storeLine(env: Env, store: StoreKind): string {
  if (store === 'postgresql') return 'Store: PostgreSQL (DATABASE_URL).'
  return `Store: embedded database in ${env.dataDir}. It survives a crash of the process, but not a power cut: use DATABASE_URL for that.`
}

function signInLines(env: Env): string[] {
  if (!demoSignIn(env)) {
    const ways = [env.smtpUrl && 'link by e-mail', env.oidcIssuer && env.oidcName].filter(Boolean)
    return [`Sign-in: ${ways.join(' and ')}.`]
  }
  const people = demoPeople.map((person) => `  ${person.initials.padEnd(5)} ${person.name}`)
  return ['Demo sign-ins, on this machine only (choose one on the sign-in page):', ...people]
}
