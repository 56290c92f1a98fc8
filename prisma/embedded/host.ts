import { chmod, rm } from 'node:fs/promises'
import { createServer, type Server, type Socket } from 'node:net'
import { PGlite } from '@electric-sql/pglite'
import { Desk } from './desk.ts'
import { ClientReader, noEncryption, writeFatal, writeGreeting } from './wire.ts'

/** The user, and the database, of the embedded store. */
export const embeddedUser = 'postgres'

// Longer than the longest transaction of the product (lib/db.ts).
const patience = 20_000

/** Where a database is and where it answers; a null folder keeps it in memory, begun with a dump if one is given. */
export type HostSettings = { folder: string | null; dump?: Blob; socket: string }

/** A database that answers on its socket. */
export type Host = {
  /** The data folder as one file, for another database to begin with. */
  dump(): Promise<Blob>
  /** Ends all connections, then shuts the database. */
  close(): Promise<void>
}

/** Opens an embedded database and answers PostgreSQL's wire protocol on a local socket, for this user only. */
export async function hostDatabase({ folder, dump, socket: file }: HostSettings): Promise<Host> {
  const database = await (folder === null ? PGlite.create({ loadDataDir: dump }) : PGlite.create(folder))
  // A copy: the next answer is written where this one stands.
  const session = async (turn: Uint8Array) => (await database.execProtocolRaw(turn)).slice()
  const greeting = await session(writeGreeting(embeddedUser))
  const desk = new Desk(session, patience)
  const sockets = new Set<Socket>()
  const server = createServer((socket) => {
    sockets.add(socket)
    socket.on('close', () => sockets.delete(socket))
    serve(socket, { desk, greeting })
  })
  // What a killed process left; whoever starts a host has the folder to itself.
  await rm(file, { force: true })
  await listen(server, file)
  await chmod(file, 0o600)
  return {
    dump: () => database.dumpDataDir('none'),
    close: async () => {
      const closed = new Promise((resolve) => server.close(resolve))
      await desk.close()
      for (const socket of sockets) socket.destroy()
      await closed
      await database.close()
    },
  }
}

function serve(socket: Socket, { desk, greeting }: { desk: Desk; greeting: Uint8Array }): void {
  const reader = new ClientReader()
  const client = {
    send: (bytes: Uint8Array) => void (socket.writable && socket.write(bytes)),
    end: (why: string) => void (socket.writable && socket.end(writeFatal(why))),
  }
  const take = (chunk: Buffer) => {
    for (const sent of reader.read(chunk)) {
      if (sent.kind === 'encryption') client.send(noEncryption)
      else if (sent.kind === 'greeting') client.send(greeting)
      else if (sent.kind === 'goodbye') socket.end()
      else desk.ask(client, sent)
    }
  }
  socket.on('data', (chunk) => {
    try {
      take(chunk)
    } catch (error) {
      client.end(error instanceof Error ? error.message : String(error))
    }
  })
  // 'close' follows.
  socket.on('error', () => undefined)
  socket.on('close', () => desk.leave(client))
}

function listen(server: Server, file: string): Promise<void> {
  return new Promise((resolve, reject) => {
    server.once('error', reject)
    server.listen(file, resolve)
  })
}
