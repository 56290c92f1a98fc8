import { IndexeddbPersistence } from 'y-indexeddb'
import * as Y from 'yjs'
import { type ItemContent, read } from '@/lib/agenda/doc.ts'

/** Every database of ours in this browser begins like this. */
const prefix = 'item/'
const unsavedKey = 'unsaved'

const open = new Set<IndexeddbPersistence>()

/** Whose copy of which generation of an item. */
export type CopyName = { itemId: string; generation: number; userId: string }

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

/** Reads the browser's copy into the document and keeps it up to date. */
export function openCopy(doc: Y.Doc, name: CopyName): OfflineCopy {
  const persistence = new IndexeddbPersistence(databaseName(name), doc)
  open.add(persistence)
  const loaded = load(persistence, doc)
  let isLoaded = false
  let isSaved = false
  const mark = (hasUnsaved: boolean) => void persistence.set(unsavedKey, hasUnsaved ? 1 : 0)
  void loaded.then(({ hasUnsaved }) => {
    isLoaded = true
    if (isSaved && !hasUnsaved) mark(false)
  })
  return {
    loaded,
    isOrigin: (origin) => origin === persistence,
    markUnsaved: (hasUnsaved) => {
      isSaved = !hasUnsaved
      // Until the copy is read nobody knows what it holds; a document that stands empty says nothing of it.
      if (hasUnsaved || isLoaded) mark(hasUnsaved)
    },
    close: () => {
      open.delete(persistence)
      void persistence.destroy()
    },
  }
}

async function load(persistence: IndexeddbPersistence, doc: Y.Doc) {
  // Asked for before anything can be marked, so that it is what an earlier window left.
  const left: Promise<unknown> = persistence.get(unsavedKey)
  const [unsaved] = await Promise.all([left, persistence.whenSynced])
  return { hasWords: doc.store.clients.size > 0, hasUnsaved: unsaved === 1 }
}

/** The words of a generation that was left before all of it was saved. */
export type KeptWords = { generation: number; content: ItemContent }

/**
 * The words in a person's copies of an item from before a generation that were never saved; they stay until
 * `forgetCopy` or sign-out. Copies with nothing unsaved are deleted; the words of another person are not told.
 */
export async function sweepCopies(
  { itemId, userId }: Omit<CopyName, 'generation'>,
  before: number,
): Promise<KeptWords[]> {
  const found = await databaseNames((name) => name.startsWith(`${prefix}${itemId}/`))
  const swept = found.map(async (name): Promise<KeptWords[]> => {
    const [generation, owner] = name.slice(`${prefix}${itemId}/`.length).split('/')
    const isOwn = owner === userId
    if (isOwn && Number(generation) >= before) return []
    const content = await readUnsaved(name)
    if (!content) await deleteDatabase(name)
    return content && isOwn ? [{ generation: Number(generation), content }] : []
  })
  return (await Promise.all(swept)).flat()
}

async function readUnsaved(name: string): Promise<ItemContent | null> {
  const doc = new Y.Doc()
  const persistence = new IndexeddbPersistence(name, doc)
  open.add(persistence)
  const { hasUnsaved } = await load(persistence, doc)
  const content = hasUnsaved ? read(doc) : null
  open.delete(persistence)
  await persistence.destroy()
  doc.destroy()
  return content
}

/** Deletes one copy: its author let go of the words. */
export function forgetCopy(name: CopyName): Promise<void> {
  return forgetCopies((other) => other === databaseName(name))
}

/** Deletes every copy of this product in this browser: at sign-out. */
export async function forgetOffline(): Promise<void> {
  const closing = [...open].map((persistence) => persistence.destroy())
  open.clear()
  await Promise.all(closing)
  await forgetCopies((name) => name.startsWith(prefix))
}

function databaseName({ itemId, generation, userId }: CopyName): string {
  return `${prefix}${itemId}/${generation}/${userId}`
}

async function databaseNames(isMeant: (name: string) => boolean): Promise<string[]> {
  if (typeof indexedDB === 'undefined') return []
  const databases = await indexedDB.databases()
  return databases.flatMap(({ name }) => (name && isMeant(name) ? [name] : []))
}

async function forgetCopies(isMeant: (name: string) => boolean): Promise<void> {
  await Promise.all((await databaseNames(isMeant)).map(deleteDatabase))
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
