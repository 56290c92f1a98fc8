import { Client } from 'pg'
import type { Ears, Listening, OpenDatabase } from '@/lib/db.ts'

const firstPause = 100
const longestPause = 2000
/** How often a connection over a network is asked whether it is still there, and how long it may take to say so. */
const beatEvery = 1500

/** Listens to a channel of NOTIFY on a connection of its own, for ever: what breaks is connected again. */
export function listenAt(
  { url, kind }: Pick<OpenDatabase, 'url' | 'kind'>,
  channel: string,
  ears: Ears,
): Listening {
  let isClosed = false
  let client: Client | null = null
  let timer: ReturnType<typeof setTimeout> | null = null
  const open = async (failures: number): Promise<void> => {
    const opening = new Client({
      connectionString: url,
      connectionTimeoutMillis: 5000,
      query_timeout: 5000,
      keepAlive: true,
    })
    client = opening
    let isListening = false
    let beat: ReturnType<typeof setInterval> | null = null
    const end = () => {
      if (client !== opening) return
      client = null
      if (beat) clearInterval(beat)
      if (isListening) ears.listening(false)
      if (isClosed) return
      const pause = Math.min(firstPause * 2 ** (isListening ? 0 : failures), longestPause)
      timer = setTimeout(() => void open(isListening ? 1 : failures + 1), pause).unref()
    }
    opening.on('notification', ({ payload }) => ears.heard(payload ?? ''))
    // 'end' follows, or the attempt below fails.
    opening.on('error', () => undefined)
    opening.on('end', end)
    try {
      await opening.connect()
      await opening.query(`LISTEN ${channel}`)
    } catch {
      // A goodbye would wait for an answer.
      opening.connection.stream.destroy()
      end()
      return
    }
    if (isClosed) return
    isListening = true
    ears.listening(true)
    // A local socket ends with its server; a network can fall silent.
    if (kind === 'postgresql') beat = keepBeat(opening, end)
  }
  void open(0)
  return {
    close: async () => {
      isClosed = true
      if (timer) clearTimeout(timer)
      await client?.end().catch(() => undefined)
    },
  }
}

function keepBeat(client: Client, silent: () => void): ReturnType<typeof setInterval> {
  let isAnswered = true
  const ask = () => {
    if (!isAnswered) {
      silent()
      client.connection.stream.destroy()
      return
    }
    isAnswered = false
    const hear = () => {
      isAnswered = true
    }
    client.query('SELECT 1').then(hear, () => undefined)
  }
  return setInterval(ask, beatEvery).unref()
}
