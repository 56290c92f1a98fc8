import { createServer } from 'node:http'
import { encode } from 'next-auth/jwt'
import { WebSocket } from 'ws'
import { readEnv, setEnv } from '@/lib/env.ts'
import { sessionCookieName } from '@/lib/identity/cookies.ts'
import { listen, stopListening } from '../listen.ts'
import { createSync, type Sync } from '../sync.ts'

const authSecret = 'a secret of thirty-two characters'
const publicUrl = 'http://dagsorden.test'

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
  const server = createServer()
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

function settle(): void {
  const mail = { SMTP_URL: 'smtp://mail.test', MAIL_FROM: 'dagsorden@dagsorden.test' }
  const answer = readEnv({ ...mail, AUTH_SECRET: authSecret, PUBLIC_URL: publicUrl, LOG_LEVEL: 'silent' })
  if (!answer.ok) throw new Error(answer.sentence)
  setEnv({ ...answer.env, authSecret })
}

async function cookieFor(userId: string): Promise<string> {
  const token = await encode({ token: { sub: userId }, secret: authSecret })
  return `${sessionCookieName(false)}=${token}`
}

function browserWith(headers: Record<string, string>): typeof globalThis.WebSocket {
  class Browser extends WebSocket {
    constructor(address: string | URL, protocols?: string | string[]) {
      super(address, protocols ?? [], { headers })
    }
  }
  // ws keeps to the browser's interface in all that y-websocket uses.
  return Browser as unknown as typeof globalThis.WebSocket
}
