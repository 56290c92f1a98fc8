import { clientsClaim } from 'workbox-core'
import { cleanupOutdatedCaches, type PrecacheEntry, precacheAndRoute } from 'workbox-precaching'
import { NavigationRoute, registerRoute } from 'workbox-routing'
import { NetworkOnly } from 'workbox-strategies'
import { shellCache, shellPath } from './shell-names.ts'

/*
 * The service worker. It keeps the files the shell is made of, whose names change with their bytes, and the shell, which
 * holds no content. It never keeps a page with content or an answer of the API: those come from the net, or not at all.
 */

declare const shellFiles: PrecacheEntry[]
declare const buildId: string

type Lasting = Event & { waitUntil: (work: Promise<unknown>) => void }
const worker = globalThis as unknown as { skipWaiting: () => Promise<void> } & EventTarget

/** How long a page may take, in seconds, before the shell takes its place; it goes live when the net answers. */
const patience = 10

worker.addEventListener('install', (event) => {
  // Together with its files, so that the two are of one build. In the person's language the page renews it.
  ;(event as Lasting).waitUntil(keepShell())
  void worker.skipWaiting()
})
clientsClaim()
cleanupOutdatedCaches()
precacheAndRoute(shellFiles)
registerRoute(
  new NavigationRoute(
    new NetworkOnly({ networkTimeoutSeconds: patience, plugins: [{ handlerDidError: readShell }] }),
    { denylist: [/^\/api\//, /^\/_next\//, /^\/log-ind/] },
  ),
)

async function keepShell(): Promise<void> {
  const cache = await caches.open(shellCache)
  const shell = await fetch(`${shellPath}?${buildId}`, { cache: 'no-store' })
  if (!shell.ok || shell.redirected) throw new Error(`The shell answered ${shell.status}`)
  await cache.put(shellPath, shell)
}

async function readShell(): Promise<Response | undefined> {
  return (await caches.open(shellCache)).match(shellPath, { ignoreVary: true })
}
