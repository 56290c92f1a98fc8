import * as decoding from 'lib0/decoding'
import { Awareness } from 'y-protocols/awareness'
import { WebsocketProvider } from 'y-websocket'
import * as Y from 'yjs'
import { sayNoticesChanged } from '@/components/notices/news.ts'
import { closeCodes, isFinal } from '@/lib/sync/close-codes.ts'
import {
  type MeetingTopic,
  meetingTopics,
  messageTypes,
  noticesTopic,
  syncTypes,
} from '@/lib/sync/messages.ts'
import { roomName } from '@/lib/sync/room-name.ts'
import { type OfflineCopy, openCopy } from './offline-copy.ts'
import { type SaveState, SaveTracker } from './save-tracker.ts'

export { forgetOffline } from './offline-copy.ts'
export type { SaveState } from './save-tracker.ts'

/** An open item: its document, who else is in it, and whether what was written is kept. */
export type ItemConnection = {
  doc: Y.Doc
  awareness: Awareness
  /** Resolves when the document holds its words, from the server or from this browser; rejects when refused first. */
  ready: Promise<void>
  /** Tells of every change of `saveState`. */
  subscribe(listener: () => void): () => void
  /** The same object until it changes. */
  saveState(): SaveState
  /** Was something written here that the server has not committed, refused or not? */
  hasUnsaved(): boolean
  close(): void
}

/** A joined meeting: who is at which item, and what to fetch again. */
export type MeetingConnection = {
  awareness: Awareness
  onChanged(listener: (topic: MeetingTopic) => void): () => void
  /** Tells of every change of `status`. */
  subscribe(listener: () => void): () => void
  status(): MeetingStatus
  close(): void
}
export type MeetingStatus = 'connected' | 'connecting' | 'refused'

type SocketClass = typeof WebSocket

export type ItemOptions = {
  itemId: string
  generation: number
  write: boolean
  /** Keeps a copy of what is written in this browser; for open items only, and only with `userId`, whose copy it is. */
  keepOffline: boolean
  userId?: string
  /** Where the sync server is; this page's own by default. */
  url?: string
  socket?: SocketClass
}

/** Opens an item's document and keeps it connected until it is closed or refused for good. */
export function openItem(options: ItemOptions): ItemConnection {
  const { itemId, generation, write, keepOffline, userId } = options
  const doc = new Y.Doc()
  const listeners = new Set<() => void>()
  const tracker = new SaveTracker(() => {
    copy?.markUnsaved(tracker.hasUnsaved)
    notify(listeners)
  })
  const provider = connect({
    ...options,
    room: roomName({ kind: 'item', id: itemId }),
    doc,
    params: { generation: `${generation}`, ...(write && { write: '1' }) },
    socket: countingSocket(options.socket ?? WebSocket, { tracker, write }),
  })
  // What a page cannot send must not stand among the words as if it were saved; so no copy for who only reads.
  const copy = write && keepOffline && userId ? openCopy(doc, { itemId, generation, userId }) : null
  trackSaves({ provider, tracker, copy, write })
  const stop = followNetwork(provider)
  return {
    doc,
    awareness: provider.awareness,
    ready: whenReady(provider, { tracker, copy }),
    subscribe: (listener) => listen(listeners, listener),
    saveState: () => tracker.state,
    hasUnsaved: () => tracker.hasUnsaved,
    close: () => {
      stop()
      listeners.clear()
      provider.destroy()
      copy?.close()
      doc.destroy()
    },
  }
}

/** Joins a meeting's room and keeps connected until it is closed or refused for good. */
export function openMeeting(options: {
  meetingId: string
  /** When what the page shows was read, ISO 8601 by the server's clock: what changed until the first listening is told. */
  since: string
  url?: string
  socket?: SocketClass
}): MeetingConnection {
  const doc = new Y.Doc()
  const listeners = new Set<() => void>()
  const topicListeners = new Set<(topic: MeetingTopic) => void>()
  let status: MeetingStatus = 'connecting'
  const become = (next: MeetingStatus) => {
    if (status === next || status === 'refused') return
    status = next
    notify(listeners)
  }
  const provider = connect({
    ...options,
    room: roomName({ kind: 'meeting', id: options.meetingId }),
    doc,
    params: { since: `${Date.parse(options.since)}` },
    socket: options.socket ?? WebSocket,
  })
  provider.on('status', ({ status: line }) => {
    // Who was away fetches everything anyway.
    if (line === 'connected') provider.params = {}
    become(line === 'connected' ? 'connected' : 'connecting')
  })
  provider.on('closed', () => become('refused'))
  provider.messageHandlers[messageTypes.changed] = (_reply, decoder) => {
    const said = decoding.readVarString(decoder)
    const topic = meetingTopics.find((known) => known === said)
    if (topic) for (const listener of topicListeners) listener(topic)
    if (said === noticesTopic) sayNoticesChanged()
  }
  const stop = followNetwork(provider)
  return {
    awareness: provider.awareness,
    onChanged: (listener) => listen(topicListeners, listener),
    subscribe: (listener) => listen(listeners, listener),
    status: () => status,
    close: () => {
      stop()
      listeners.clear()
      topicListeners.clear()
      provider.destroy()
      doc.destroy()
    },
  }
}

type Target = {
  room: string
  doc: Y.Doc
  params: Record<string, string>
  socket: SocketClass
  url?: string
}

function connect({ room, doc, params, socket, url }: Target): WebsocketProvider {
  const awareness = new Awareness(doc)
  const provider = new WebsocketProvider(url ?? ownServer(), room, doc, {
    awareness,
    params,
    WebSocketPolyfill: socket,
    // Windows of one browser may have different rights, and closed items may not pass between them unseen.
    disableBc: true,
    // Not all at the same moment after a restart.
    maxBackoffTime: 2000 + Math.random() * 1000,
    shouldReconnect: ({ code }) => !isFinal(code) && code !== closeCodes.readOnly,
  })
  mendPresence(provider)
  return provider
}

function ownServer(): string {
  return `${location.protocol === 'https:' ? 'wss' : 'ws'}://${location.host}/sync`
}

/** Mends three habits of the provider that cost presence. */
function mendPresence(provider: WebsocketProvider): void {
  const { awareness } = provider
  // It sends back what it hears of others; among many people that is most of what is sent.
  awareness.off('update', provider._awarenessUpdateHandler)
  awareness.on('update', ({ added, updated, removed }: Record<'added' | 'updated' | 'removed', number[]>) => {
    if (![...added, ...updated, ...removed].includes(awareness.clientID)) return
    provider._awarenessUpdateHandler({ added: [], updated: [awareness.clientID], removed: [] }, 'local')
  })
  provider.on('status', ({ status }) => {
    // The others remember the clock of the presence that left; only a later one brings it back.
    if (status === 'connected') awareness.setLocalState(awareness.getLocalState())
    // And so do we of theirs: who did not move meanwhile would stay unseen.
    if (status === 'disconnected') forgetClocks(awareness)
  })
}

function forgetClocks({ meta, clientID }: Awareness): void {
  for (const id of [...meta.keys()]) if (id !== clientID) meta.delete(id)
}

/** A socket that counts the frames the server acknowledges, and keeps back those a reader has no right to send. */
function countingSocket(
  socket: SocketClass,
  { tracker, write }: { tracker: SaveTracker; write: boolean },
): SocketClass {
  return class extends socket {
    constructor(address: string | URL, protocols?: string | string[]) {
      super(address, protocols)
      tracker.socketOpened()
    }

    override send(data: Parameters<WebSocket['send']>[0]): void {
      if (data instanceof Uint8Array && carriesUpdate(data)) {
        if (!write) return
        tracker.frameSent()
      }
      super.send(data)
    }
  }
}

function carriesUpdate(frame: Uint8Array): boolean {
  const [type, syncType] = frame
  return type === messageTypes.sync && (syncType === syncTypes.step2 || syncType === syncTypes.update)
}

type Tracked = { provider: WebsocketProvider; tracker: SaveTracker; copy: OfflineCopy | null }

function trackSaves({ provider, tracker, copy, write }: Tracked & { write: boolean }): void {
  provider.doc.on('update', (_update: Uint8Array, origin: unknown) => {
    if (write && origin !== provider && !copy?.isOrigin(origin)) tracker.wrote()
  })
  provider.messageHandlers[messageTypes.acknowledge] = (_reply, decoder) =>
    tracker.acknowledged(decoding.readVarUint(decoder), new Date())
  provider.messageHandlers[messageTypes.saving] = (_reply, decoder) =>
    tracker.failing(decoding.readVarUint(decoder) === 1)
  provider.on('status', ({ status }) => {
    if (status !== 'connecting') tracker.lineIs(status === 'connected' ? 'connected' : 'away')
  })
  provider.on('connection-close', () => tracker.lineIs('away'))
  provider.on('closed', ({ code }) => tracker.refused(code))
}

function whenReady(
  provider: WebsocketProvider,
  { tracker, copy }: Pick<Tracked, 'tracker' | 'copy'>,
): Promise<void> {
  const ready = new Promise<void>((resolve, reject) => {
    provider.on('sync', (isSynced) => isSynced && resolve())
    provider.on('closed', ({ code }) => reject(new Error(`The document was refused (${code})`)))
    void copy?.loaded.then(({ hasWords, hasUnsaved }) => {
      if (hasUnsaved) tracker.wrote()
      if (hasWords) resolve()
    })
  })
  // Who does not wait for it learns of a refusal by the save state.
  ready.catch(() => undefined)
  return ready
}

// A socket does not notice for half a minute that the network is gone; the browser knows at once.
function followNetwork(provider: WebsocketProvider): () => void {
  if (typeof window === 'undefined') return () => undefined
  const leave = () => {
    if (provider.shouldConnect) provider.disconnect()
  }
  let isRefused = false
  provider.on('closed', () => {
    isRefused = true
  })
  const comeBack = () => {
    if (!isRefused) provider.connect()
  }
  window.addEventListener('offline', leave)
  window.addEventListener('online', comeBack)
  return () => {
    window.removeEventListener('offline', leave)
    window.removeEventListener('online', comeBack)
  }
}

function listen<T>(listeners: Set<T>, listener: T): () => void {
  listeners.add(listener)
  return () => {
    listeners.delete(listener)
  }
}

function notify(listeners: Set<() => void>): void {
  for (const listener of listeners) listener()
}
