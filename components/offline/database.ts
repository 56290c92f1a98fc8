/** Opens a database of this browser, makes its stores where it is new, and closes it when the work is done. */
export async function withDatabase<T>(
  { name, stores }: { name: string; stores: readonly string[] },
  work: (database: IDBDatabase) => Promise<T>,
): Promise<T> {
  const opening = indexedDB.open(name, 1)
  opening.onupgradeneeded = () => {
    for (const store of stores) opening.result.createObjectStore(store)
  }
  const database = await settled(opening)
  try {
    return await work(database)
  } finally {
    database.close()
  }
}

/** The result of one request. */
export function settled<T>(request: IDBRequest<T>): Promise<T> {
  return new Promise((resolve, reject) => {
    request.onsuccess = () => resolve(request.result)
    request.onerror = () => reject(request.error)
  })
}

/** Changes a store and resolves when the change is on the disk. */
export function changeStore(
  database: IDBDatabase,
  store: string,
  perform: (store: IDBObjectStore) => void,
): Promise<void> {
  return new Promise((resolve, reject) => {
    const transaction = database.transaction(store, 'readwrite')
    transaction.oncomplete = () => resolve()
    transaction.onerror = () => reject(transaction.error)
    transaction.onabort = () => reject(transaction.error)
    perform(transaction.objectStore(store))
  })
}

/** Deletes a database; resolves at once where another window holds it, and the browser deletes it when that lets go. */
export function deleteDatabase(name: string): Promise<void> {
  return new Promise((resolve, reject) => {
    const request = indexedDB.deleteDatabase(name)
    request.onsuccess = () => resolve()
    request.onerror = () => reject(request.error)
    request.onblocked = () => resolve()
  })
}
