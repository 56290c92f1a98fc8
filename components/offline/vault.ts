import { canKeep } from './can-keep.ts'
import { changeStore, deleteDatabase, settled, withDatabase } from './database.ts'
import { tell } from './told.ts'

/*
 * What this browser keeps for reading without a net, of one person at a time. Everything lies encrypted; the key can be
 * used but not read, has a database of its own, and is deleted at sign-out, which ends whatever a disk still holds.
 *
 * Each act holds one lock over all windows. So nothing is written by a window that learnt too late that its person has
 * left: what it writes is for an epoch, the time of one key, and that is asked behind the lock.
 */

const keyDatabase = { name: 'dagsorden-key', stores: ['key'] }
const contentDatabase = { name: 'dagsorden-offline', stores: ['copies', 'queue'] }

/** Where something is kept: agendas by their meeting, and what waits to be sent by its turn. */
export type Place = 'copies' | 'queue'

/** Whose this browser's copies are, and since which key. */
export type Owner = { userId: string; epoch: string }

type Kept = Owner & { key: CryptoKey; seenAt: number }
type Sealed = { iv: Uint8Array<ArrayBuffer>; data: ArrayBuffer }

let hasLeft = false

/** Makes the copies of this browser those of a person; what another person had is deleted first. */
export function openFor(userId: string, now: number): Promise<Owner> {
  return alone(async () => {
    // A page that comes to this after its person signed out on it makes nothing anew: no key has this epoch.
    if (hasLeft) return { userId, epoch: '' }
    const before = await readKey()
    if (before && before.userId !== userId) await deleteAll()
    const kept = before?.userId === userId ? before : await newKey(userId)
    await writeKey({ ...kept, seenAt: now })
    return { userId, epoch: kept.epoch }
  })
}

/** Whose the copies are and when the server last knew the person, or null where nobody's are kept. */
export function ownerNow(): Promise<(Owner & { seenAt: number }) | null> {
  return alone(async () => {
    const kept = await readKey()
    return kept && { userId: kept.userId, epoch: kept.epoch, seenAt: kept.seenAt }
  })
}

/** Keeps a value; answers false where the owner has left meanwhile. */
export function put(owner: Owner, at: { place: Place; id: IDBValidKey }, value: unknown): Promise<boolean> {
  return alone(async () => {
    const kept = await readKey()
    if (kept?.epoch !== owner.epoch) return false
    await write(kept.key, at, value)
    return true
  })
}

/** Changes what is kept under a name, with nothing in between; `revise` answers null to leave it. Was it changed? */
export function change<T>(
  owner: Owner,
  at: { place: Place; id: IDBValidKey },
  revise: (value: T) => T | null,
): Promise<boolean> {
  return alone(async () => {
    const kept = await readKey()
    const value = kept?.epoch === owner.epoch ? await read<T>(kept.key, at) : null
    const revised = value && revise(value)
    if (kept && revised) await write(kept.key, at, revised)
    return Boolean(revised)
  })
}

/** Keeps a value behind all others of its place; answers false where the owner has left meanwhile. */
export function append(owner: Owner, place: Place, value: unknown): Promise<boolean> {
  return alone(async () => {
    const kept = await readKey()
    if (kept?.epoch !== owner.epoch) return false
    const ids = await inContent((database) =>
      settled(database.transaction(place).objectStore(place).getAllKeys()),
    )
    await write(kept.key, { place, id: 1 + Number(ids.at(-1) ?? 0) }, value)
    return true
  })
}

/** Everything kept in a place, in order. What can't be read any more is left out. */
export function all<T>(place: Place): Promise<{ id: IDBValidKey; value: T }[]> {
  return alone(async () => {
    const kept = await readKey()
    if (!kept) return []
    const [ids, values] = await inContent((database) => {
      const store = database.transaction(place).objectStore(place)
      return Promise.all([settled(store.getAllKeys()), settled<Sealed[]>(store.getAll())])
    })
    const read = ids.map(async (id, at) => {
      const value = values[at] && (await open<T>(kept.key, { place, id }, values[at]))
      return value ? [{ id, value }] : []
    })
    return (await Promise.all(read)).flat()
  })
}

/** What is kept under a name, or null. */
export function get<T>(place: Place, id: IDBValidKey): Promise<T | null> {
  return alone(async () => {
    const kept = await readKey()
    return kept && read<T>(kept.key, { place, id })
  })
}

/** Deletes what is kept under a name. */
export function drop(place: Place, id: IDBValidKey): Promise<void> {
  return alone(async () => {
    if (await readKey())
      await inContent((database) => changeStore(database, place, (store) => store.delete(id)))
  })
}

/** Deletes everything, the key first; from then on this page keeps nothing. */
export async function forgetVault(): Promise<void> {
  if (!canKeep()) return
  hasLeft = true
  await alone(deleteAll)
  tell('forgotten')
}

function alone<T>(work: () => Promise<T>): Promise<T> {
  return navigator.locks.request('dagsorden-vault', work)
}

async function deleteAll(): Promise<void> {
  await deleteDatabase(keyDatabase.name)
  await deleteDatabase(contentDatabase.name)
}

function inContent<T>(work: (database: IDBDatabase) => Promise<T>): Promise<T> {
  return withDatabase(contentDatabase, work)
}

async function readKey(): Promise<Kept | null> {
  // Asking for a database makes it; where nobody's key is, none is to be made.
  const known = await indexedDB.databases()
  if (!known.some(({ name }) => name === keyDatabase.name)) return null
  const kept = await withDatabase(keyDatabase, (database) =>
    settled<Kept | undefined>(database.transaction('key').objectStore('key').get('key')),
  )
  return kept ?? null
}

function writeKey(kept: Kept): Promise<void> {
  return withDatabase(keyDatabase, (database) =>
    changeStore(database, 'key', (store) => store.put(kept, 'key')),
  )
}

async function newKey(userId: string): Promise<Kept> {
  const key = await crypto.subtle.generateKey({ name: 'AES-GCM', length: 256 }, false, ['encrypt', 'decrypt'])
  return { userId, epoch: crypto.randomUUID(), key, seenAt: 0 }
}

type At = { place: Place; id: IDBValidKey }

// A record says where it belongs, so that none can be put in another's place.
function cipher({ place, id }: At, iv: Uint8Array<ArrayBuffer>): AesGcmParams {
  return { name: 'AES-GCM', iv, additionalData: new TextEncoder().encode(`${place}/${id}`) }
}

async function write(key: CryptoKey, at: At, value: unknown): Promise<void> {
  const iv = crypto.getRandomValues(new Uint8Array(12))
  const text = new TextEncoder().encode(JSON.stringify(value))
  const data = await crypto.subtle.encrypt(cipher(at, iv), key, text)
  await inContent((database) =>
    changeStore(database, at.place, (store) => store.put({ iv, data } satisfies Sealed, at.id)),
  )
}

async function read<T>(key: CryptoKey, at: At): Promise<T | null> {
  const sealed = await inContent((database) =>
    settled<Sealed | undefined>(database.transaction(at.place).objectStore(at.place).get(at.id)),
  )
  return sealed ? open<T>(key, at, sealed) : null
}

async function open<T>(key: CryptoKey, at: At, { iv, data }: Sealed): Promise<T | null> {
  try {
    const text = await crypto.subtle.decrypt(cipher(at, iv), key, data)
    return JSON.parse(new TextDecoder().decode(text))
  } catch {
    return null
  }
}
