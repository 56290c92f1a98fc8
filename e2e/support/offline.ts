import { expect, type Page } from '@playwright/test'

/** Waits until what may be kept of a meeting is kept, and there is a shell to read it in. */
export async function waitUntilKept(page: Page, words: string): Promise<void> {
  await expect.poll(async () => (await readVault(page)).includes(words)).toBe(true)
  await expect
    .poll(() =>
      page.evaluate(async () => {
        const { active } = await navigator.serviceWorker.ready
        const shell = await (await caches.open('dagsorden-shell')).match('/offline', { ignoreVary: true })
        return active?.state === 'activated' && shell !== undefined
      }),
    )
    .toBe(true)
}

/** Everything this browser keeps for reading without a net, as the product itself can read it. */
export function readVault(page: Page): Promise<string> {
  return page.evaluate(async () => {
    const settled = <T>(request: IDBRequest<T>) =>
      new Promise<T>((resolve, reject) => {
        request.onsuccess = () => resolve(request.result)
        request.onerror = () => reject(request.error)
      })
    // Behind the product's own lock: to open a database that is just being deleted would make it anew.
    return navigator.locks.request('dagsorden-vault', read)
    async function read() {
      const names = (await indexedDB.databases()).map(({ name }) => name)
      if (!names.includes('dagsorden-key') || !names.includes('dagsorden-offline')) return ''
      const keys = await settled(indexedDB.open('dagsorden-key'))
      const content = await settled(indexedDB.open('dagsorden-offline'))
      try {
        const { key } = await settled(keys.transaction('key').objectStore('key').get('key'))
        let text = ''
        for (const place of ['copies', 'queue']) {
          const store = content.transaction(place).objectStore(place)
          const [ids, values] = await Promise.all([settled(store.getAllKeys()), settled(store.getAll())])
          for (const [at, { iv, data }] of values.entries()) {
            const additionalData = new TextEncoder().encode(`${place}/${ids[at]}`)
            const plain = await crypto.subtle.decrypt({ name: 'AES-GCM', iv, additionalData }, key, data)
            text += new TextDecoder().decode(plain)
          }
        }
        return text
      } catch (error) {
        return `${error}`
      } finally {
        keys.close()
        content.close()
      }
    }
  })
}

/** Everything that lies in this browser's storages as it lies there, and what the databases are called. */
export function readStorage(page: Page): Promise<{ databases: string[]; text: string }> {
  return page.evaluate(async () => {
    const settled = <T>(request: IDBRequest<T>) =>
      new Promise<T>((resolve, reject) => {
        request.onsuccess = () => resolve(request.result)
        request.onerror = () => reject(request.error)
      })
    const textOf = (value: unknown): string => {
      if (value instanceof ArrayBuffer)
        return ['utf-8', 'utf-16'].map((as) => new TextDecoder(as).decode(value)).join()
      if (ArrayBuffer.isView(value)) return textOf(value.buffer)
      if (value instanceof CryptoKey) return `key, ${value.extractable ? 'extractable' : 'not extractable'}`
      if (value !== null && typeof value === 'object')
        return Object.entries(value)
          .map(([name, inner]) => `${name} ${textOf(inner)}`)
          .join()
      return String(value)
    }
    const databases = (await indexedDB.databases()).flatMap(({ name }) => name ?? [])
    const parts = [JSON.stringify({ ...localStorage }), JSON.stringify({ ...sessionStorage })]
    for (const name of databases) {
      const database = await settled(indexedDB.open(name))
      for (const store of database.objectStoreNames)
        parts.push(textOf(await settled(database.transaction(store).objectStore(store).getAll())))
      database.close()
    }
    for (const name of await caches.keys()) {
      const cache = await caches.open(name)
      for (const request of await cache.keys()) {
        parts.push(request.url)
        const kept = await cache.match(request, { ignoreVary: true })
        if (kept && !/\.woff2$/.test(request.url)) parts.push(await kept.text())
      }
    }
    return { databases, text: parts.join('\n') }
  })
}
