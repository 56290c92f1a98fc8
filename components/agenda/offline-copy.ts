import { IndexeddbPersistence } from 'y-indexeddb'
import type * as Y from 'yjs'

/** Every database of ours in this browser begins like this. */
const prefix = 'item/'
const unsavedKey = 'unsaved'

const open = new Set<IndexeddbPersistence>()

/** A copy of one generation of an item in this browser, of one person. */
export type OfflineCopy = {
  /** Resolves when the copy was read into the document: whether it held anything, and anything unsaved. */
  loaded: Promise<{ hasWords: boolean; hasUnsaved: boolean }>
  /** Does this update come out of the copy? */
  isOrigin: (origin: unknown) => boolean
  /** Remembers whether the copy holds what the server has not committed. */
  markUnsaved: (hasUnsaved: boolean) => void
  close: () => void
}

/** Reads the browser's copy into the document and keeps it up to date; copies of other generations are deleted. */
export function openCopy(
  doc: Y.Doc,
  { itemId, generation, userId }: { itemId: string; generation: number; userId: string },
): OfflineCopy {
  const name = `${prefix}${itemId}/${generation}/${userId}`
  void forgetCopies((other) => other.startsWith(`${prefix}${itemId}/`) && other !== name)
  const persistence = new IndexeddbPersistence(name, doc)
  open.add(persistence)
  return {
    loaded: load(persistence, doc),
    isOrigin: (origin) => origin === persistence,
    markUnsaved: (hasUnsaved) => void persistence.set(unsavedKey, hasUnsaved ? 1 : 0),
    close: () => {
      open.delete(persistence)
      void persistence.destroy()
    },
  }
}

async function load(persistence: IndexeddbPersistence, doc: Y.Doc) {
  await persistence.whenSynced
  const unsaved: unknown = await persistence.get(unsavedKey)
  return { hasWords: doc.store.clients.size > 0, hasUnsaved: unsaved === 1 }
}

/** Deletes the copies of an item that may not be kept here. */
export function forgetItem(itemId: string): Promise<void> {
  return forgetCopies((name) => name.startsWith(`${prefix}${itemId}/`))
}

/** Deletes every copy of this product in this browser: at sign-out. */
export async function forgetOffline(): Promise<void> {
  const closing = [...open].map((persistence) => persistence.destroy())
  open.clear()
  await Promise.all(closing)
  await forgetCopies((name) => name.startsWith(prefix))
}

async function forgetCopies(isMeant: (name: string) => boolean): Promise<void> {
  if (typeof indexedDB === 'undefined') return
  const databases = await indexedDB.databases()
  const names = databases.flatMap(({ name }) => (name && isMeant(name) ? [name] : []))
  await Promise.all(names.map(deleteDatabase))
}

function deleteDatabase(name: string): Promise<void> {
  return new Promise((resolve, reject) => {
    const request = indexedDB.deleteDatabase(name)
    request.onsuccess = () => resolve()
    request.onerror = () => reject(request.error)
    // Another window holds it: the browser deletes it as soon as that lets go.
    request.onblocked = () => resolve()
  })
}
