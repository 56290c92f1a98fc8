import { demoSignIn, type Env, isLoopback } from '@/lib/env.ts'

/**
 * May a request that names this host be answered? While anybody may sign in as anybody, only one that names this
 * machine: to the page of a stranger whose name was turned to loopback we would be the same site. Else the proxy
 * in front sees to it.
 */
export function isKnownHost(host: string | undefined, env: Env): boolean {
  if (!demoSignIn(env)) return true
  return (
    host !== undefined && URL.canParse(`http://${host}`) && isLoopback(new URL(`http://${host}`).hostname)
  )
}
