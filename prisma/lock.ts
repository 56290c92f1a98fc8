import { createHash } from 'node:crypto'
import { link, rename, unlink } from 'node:fs/promises'
import { connect, createServer, type Server } from 'node:net'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { StartRefusal } from './refusal.ts'

/** A hold on a data folder that the kernel lets go of when the process dies, however it dies. */
export type FolderLock = { release: () => Promise<void> }

// Linux takes 107 bytes and macOS 103 in a socket's path.
const longestPath = 100

/**
 * Takes the data folder for this process by listening on a Unix socket in it; refuses when another process has it.
 * Two processes on one embedded database do not refuse each other, and what the second writes is lost.
 */
export async function lockFolder(folder: string): Promise<FolderLock> {
  const file = lockPath(path.resolve(folder))
  for (let attempt = 0; attempt < 5; attempt++) {
    const server = await listen(file)
    if (server) return { release: () => close(server) }
    if (await isHeld(file)) break
    await removeStale(file)
  }
  throw new StartRefusal(
    `The data folder ${folder} is in use by another Dagsorden process; stop that one first.`,
  )
}

/** Where the lock of a folder is; a long path gets a short name in the system's folder for temporary files. */
export function lockPath(folder: string): string {
  const inside = path.join(folder, 'lock')
  if (Buffer.byteLength(inside) <= longestPath) return inside
  const name = createHash('sha256').update(folder).digest('hex').slice(0, 24)
  return path.join(tmpdir(), `dagsorden-${name}.lock`)
}

function listen(file: string): Promise<Server | null> {
  return new Promise((resolve, reject) => {
    const server = createServer((socket) => socket.on('error', () => undefined).end())
    server.once('error', (error: NodeJS.ErrnoException) =>
      error.code === 'EADDRINUSE' ? resolve(null) : reject(error),
    )
    server.listen(file, () => {
      server.unref()
      resolve(server)
    })
  })
}

function isHeld(file: string): Promise<boolean> {
  return new Promise((resolve) => {
    const socket = connect(file)
    socket.once('connect', () => {
      socket.destroy()
      resolve(true)
    })
    socket.once('error', (error: NodeJS.ErrnoException) =>
      resolve(error.code !== 'ECONNREFUSED' && error.code !== 'ENOENT'),
    )
  })
}

// Another process may have taken the lock since we found it stale, so it is moved aside and asked once more.
async function removeStale(file: string): Promise<void> {
  const aside = `${file}.${process.pid}`
  try {
    await rename(file, aside)
  } catch (error) {
    if (isMissing(error)) return
    throw error
  }
  if (await isHeld(aside)) await link(aside, file).catch(() => undefined)
  await unlink(aside)
}

function isMissing(error: unknown): boolean {
  return error instanceof Error && 'code' in error && error.code === 'ENOENT'
}

function close(server: Server): Promise<void> {
  return new Promise((resolve) => server.close(() => resolve()))
}
