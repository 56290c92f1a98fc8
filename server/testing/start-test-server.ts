import { listen, patientServer, stopListening } from '../listen.ts'
import { createSync, type Sync } from '../sync.ts'
import { browserWith, cookieFor, settle } from './sessions.ts'

/** A sync server on a loopback port and the process's database, and real sessions for it. */
export type RunningServer = {
  sync: Sync
  /** `ws://…/sync`, as a y-websocket provider wants it. */
  url: string
  /** The address of the server itself, as the Origin of its own pages. */
  origin: string
  /** The Cookie header of somebody who is signed in. */
  cookieFor(userId: string): Promise<string>
  /** The socket class of somebody's browser: with their session and the server's own origin. */
  browserOf(userId: string): Promise<typeof globalThis.WebSocket>
  close(): Promise<void>
}

/** Starts a sync server, on a port of its own unless given; a test database must be open. */
export async function startTestServer(
  limits: NonNullable<Parameters<typeof createSync>[0]>['limits'] = {},
  port = 0,
): Promise<RunningServer> {
  settle()
  const server = patientServer()
  const sync = createSync({ limits })
  await sync.ready
  server.on('upgrade', (request, socket, head) => sync.handleUpgrade(request, socket, head))
  await listen(server, { host: '127.0.0.1', port })
  const address = server.address()
  const host = `127.0.0.1:${address && typeof address === 'object' ? address.port : 0}`
  const origin = `http://${host}`
  return {
    sync,
    url: `ws://${host}/sync`,
    origin,
    cookieFor,
    browserOf: async (userId) => browserWith({ Cookie: await cookieFor(userId), Origin: origin }),
    close: async () => {
      await sync.close()
      await stopListening(server, 1000)
    },
  }
}
