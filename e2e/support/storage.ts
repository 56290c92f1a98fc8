import type { Page } from '@playwright/test'

/** Everything this browser keeps for the site, as text: local and session storage, every database and every cache. */
export function keptByBrowser(page: Page): Promise<string> {
  return page.evaluate(async () => {
    const decoder = new TextDecoder()
    const textOf = (value: unknown): string => {
      if (value instanceof ArrayBuffer || ArrayBuffer.isView(value)) return decoder.decode(value)
      if (Array.isArray(value)) return value.map(textOf).join('\n')
      if (value && typeof value === 'object') return Object.values(value).map(textOf).join('\n')
      return String(value)
    }
    const result = <T>(request: IDBRequest<T>): Promise<T> =>
      new Promise((resolve, reject) => {
        request.onsuccess = () => resolve(request.result)
        request.onerror = () => reject(request.error)
      })
    const parts = [JSON.stringify(localStorage), JSON.stringify(sessionStorage)]
    for (const { name } of await indexedDB.databases()) {
      if (!name) continue
      const database = await result(indexedDB.open(name))
      for (const store of database.objectStoreNames) {
        const rows = await result(database.transaction(store).objectStore(store).getAll())
        parts.push(name, textOf(rows))
      }
      database.close()
    }
    for (const name of await caches.keys()) {
      const cache = await caches.open(name)
      for (const request of await cache.keys()) {
        const response = await cache.match(request)
        parts.push(request.url, (await response?.text()) ?? '')
      }
    }
    return parts.join('\n')
  })
}
