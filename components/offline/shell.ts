import { shellCache, shellPath } from './shell-names.ts'

const languageHeader = 'content-language'

/** Lets the service worker answer where there is no net, with the shell in the person's language. */
export async function installShell(locale: string): Promise<void> {
  if (!('serviceWorker' in navigator) || !window.isSecureContext) return
  await navigator.serviceWorker.register('/sw.js', { scope: '/', updateViaCache: 'none' })
  await navigator.serviceWorker.ready
  const cache = await caches.open(shellCache)
  const kept = await cache.match(shellPath, { ignoreVary: true })
  if (kept?.headers.get(languageHeader) === locale) return
  const shell = await fetch(shellPath, { cache: 'no-store' })
  if (!shell.ok || shell.redirected) return
  const headers = new Headers(shell.headers)
  headers.set(languageHeader, locale)
  await cache.put(shellPath, new Response(await shell.blob(), { headers }))
}
