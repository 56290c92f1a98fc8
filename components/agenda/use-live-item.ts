import { useCallback, useEffect, useSyncExternalStore } from 'react'
import { type FieldName, fieldFragment, metaMap, read, titleFragment } from '@/lib/agenda/doc.ts'
import type { ItemView } from '@/lib/agenda/schema.ts'
import type { LiveItem, OpenItems } from './open-items.ts'

/** Opens the item's document while `near`, and gives it once it holds its words. */
export function useLiveItem(items: OpenItems, item: ItemView, near: boolean): LiveItem | null {
  const { id, generation } = item
  const write = item.may.write
  const keepOffline = item.visibility === 'open'
  const readable = item.content !== null
  useEffect(() => {
    if (!near || !readable) return
    items.want({ itemId: id, generation, write, keepOffline })
    return () => items.release(id)
  }, [items, id, generation, write, keepOffline, readable, near])
  return useSyncExternalStore(
    items.subscribe,
    () => items.get(id),
    () => null,
  )
}

/** The item's title as it stands on the screen now: from the open document, else from the server's projection. */
export function useTitle(items: OpenItems, item: ItemView): string {
  const live = useSyncExternalStore(
    items.subscribe,
    () => items.get(item.id),
    () => null,
  )
  const subscribe = useCallback(
    (listener: () => void) => observe(live && titleFragment(live.connection.doc), listener),
    [live],
  )
  return useSyncExternalStore(
    subscribe,
    () => (live ? read(live.connection.doc).title : item.title),
    () => item.title,
  )
}

/** Does the field hold words now? */
export function useHasWords(live: LiveItem | null, item: ItemView, field: FieldName): boolean {
  const subscribe = useCallback(
    (listener: () => void) => observe(live && fieldFragment(live.connection.doc, field), listener),
    [live, field],
  )
  const printed = item.content?.fields[field] != null
  return useSyncExternalStore(
    subscribe,
    () => (live ? read(live.connection.doc).fields[field] !== null : printed),
    () => printed,
  )
}

/** One chosen value of the item, live. */
export function useMeta(
  live: LiveItem | null,
  key: 'caseNumber' | 'caseworkers' | 'kind',
  printed: string,
): string {
  const subscribe = useCallback(
    (listener: () => void) => observe(live && metaMap(live.connection.doc), listener),
    [live],
  )
  return useSyncExternalStore(
    subscribe,
    () => (live ? (metaMap(live.connection.doc).get(key) ?? '') : printed),
    () => printed,
  )
}

type Observed = { observeDeep(listener: () => void): void; unobserveDeep(listener: () => void): void }

function observe(shared: Observed | null, listener: () => void): () => void {
  shared?.observeDeep(listener)
  return () => shared?.unobserveDeep(listener)
}
