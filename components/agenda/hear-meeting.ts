import { closeCodes, isFinal } from '@/lib/sync/close-codes.ts'
import { type MeetingTopic, meetingTopics, messageTypes, syncTypes } from '@/lib/sync/messages.ts'
import { roomName } from '@/lib/sync/room-name.ts'
import type { MeetingStatus } from './connection.ts'

type Hearing = {
  meetingId: string
  /** When what the page shows was read, ISO 8601 by the server's clock: what changed until the first listening is told. */
  since: string
  /** Called with what is to be fetched again. */
  onChanged: (topic: MeetingTopic) => void
  onStatus: (status: MeetingStatus) => void
  /** Where the sync server is; this page's own by default. */
  url?: string
  socket?: typeof WebSocket
}

/** The server sends something at least every 15 s; a socket silent for three times that is dead. */
const silence = 45_000
const longestPause = 3000

/**
 * Hears what changes in a meeting until it is left; answers how to leave. It speaks just enough of the protocol to be
 * let in, and says nothing of the person: who only reads is present to nobody, and brings no Yjs.
 */
export function hearMeeting({
  meetingId,
  since,
  onChanged,
  onStatus,
  url,
  socket = WebSocket,
}: Hearing): () => void {
  const room = `${url ?? ownServer()}/${roomName({ kind: 'meeting', id: meetingId })}`
  let isLeft = false
  // Who was away fetches everything anyway.
  let hasListened = false
  let current: WebSocket | null = null
  let failures = 0
  let retry: ReturnType<typeof setTimeout> | undefined
  let quiet: ReturnType<typeof setTimeout> | undefined

  function open() {
    clearTimeout(retry)
    if (isLeft || current) return
    const line = new socket(hasListened ? room : `${room}?since=${Date.parse(since)}`)
    line.binaryType = 'arraybuffer'
    current = line
    line.onopen = () => {
      // Sync step 1 of an empty document: the greeting of every y-websocket client.
      line.send(new Uint8Array([messageTypes.sync, syncTypes.step1, 1, 0]))
      failures = 0
      hasListened = true
      listenFor(line)
      onStatus('connected')
    }
    line.onmessage = ({ data }) => {
      listenFor(line)
      const topic = data instanceof ArrayBuffer ? changedTopic(new Uint8Array(data)) : null
      if (topic) onChanged(topic)
    }
    line.onclose = ({ code }) => {
      if (current !== line) return
      current = null
      clearTimeout(quiet)
      if (isLeft) return
      if (isFinal(code) || code === closeCodes.readOnly) {
        leave()
        return onStatus('refused')
      }
      onStatus('connecting')
      // Not all at the same moment after a restart.
      const pause = Math.min(100 * 2 ** failures, longestPause) * (0.5 + Math.random())
      failures++
      retry = setTimeout(open, pause)
    }
  }

  function listenFor(line: WebSocket) {
    clearTimeout(quiet)
    quiet = setTimeout(() => line.close(), silence)
  }

  // A socket does not notice for half a minute that the network is gone; the browser knows at once.
  const away = () => current?.close()

  function leave() {
    isLeft = true
    clearTimeout(retry)
    clearTimeout(quiet)
    globalThis.removeEventListener?.('offline', away)
    globalThis.removeEventListener?.('online', open)
    current?.close()
  }

  globalThis.addEventListener?.('offline', away)
  globalThis.addEventListener?.('online', open)
  open()
  return leave
}

/** The topic a frame tells to fetch again; null for every other frame. */
export function changedTopic(frame: Uint8Array): MeetingTopic | null {
  const [type, length] = frame
  if (type !== messageTypes.changed || length === undefined || frame.length !== length + 2) return null
  const said = new TextDecoder().decode(frame.subarray(2))
  return meetingTopics.find((known) => known === said) ?? null
}

function ownServer(): string {
  return `${location.protocol === 'https:' ? 'wss' : 'ws'}://${location.host}/sync`
}
