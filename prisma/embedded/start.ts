import { mkdir, mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import path from 'node:path'
import type { Worker } from 'node:worker_threads'
import { startThread } from '@/lib/thread.ts'
import { embeddedUser, type Host, hostDatabase } from './host.ts'

/** An embedded database that runs, reached like any PostgreSQL by `url`, from any process of this user. */
export type Embedded = { url: string; close: () => Promise<void> }

/** The file name PostgreSQL's clients look for in a folder with sockets. */
const socketName = '.s.PGSQL.5432'
// Linux takes 107 bytes and macOS 103 in a socket's path.
const longestPath = 100

/**
 * Opens the database in a folder in a thread of its own, so that no query holds up the main one. When the thread dies
 * the process does: nothing could be saved any more.
 */
export async function startEmbedded({
  folder,
  beside,
}: {
  folder: string
  beside: string
}): Promise<Embedded> {
  const sockets = await socketFolder(beside)
  const thread = startThread({
    source: new URL('./thread.ts', import.meta.url),
    bundled: 'embedded-thread.js',
    workerData: { folder, socket: path.join(sockets, socketName) },
  })
  await said(thread, 'ready')
  const die = (error: unknown) => {
    throw new Error('The embedded database died', { cause: error })
  }
  thread.on('error', die)
  thread.on('exit', die)
  // The process ends when its work does, though the thread would go on.
  thread.unref()
  const close = async () => {
    thread.off('error', die)
    thread.off('exit', die)
    thread.ref()
    const closed = said(thread, 'closed')
    thread.postMessage('close')
    await closed
    await thread.terminate()
    await rm(sockets, { recursive: true, force: true })
  }
  return { url: urlOf(sockets), close }
}

/** Opens a database in memory and in this thread, empty or begun with a dump: for tests and for trying migrations. */
export async function startInMemory(dump?: Blob): Promise<Embedded & Pick<Host, 'dump'>> {
  const sockets = await mkdtemp(path.join(tmpdir(), 'dagsorden-'))
  const host = await hostDatabase({
    folder: null,
    socket: path.join(sockets, socketName),
    ...(dump && { dump }),
  })
  const close = async () => {
    await host.close()
    await rm(sockets, { recursive: true, force: true })
  }
  return { url: urlOf(sockets), dump: host.dump, close }
}

async function socketFolder(beside: string): Promise<string> {
  const inside = path.resolve(beside, 'session')
  if (Buffer.byteLength(path.join(inside, socketName)) > longestPath) {
    return mkdtemp(path.join(tmpdir(), 'dagsorden-'))
  }
  await mkdir(inside, { recursive: true, mode: 0o700 })
  return inside
}

function urlOf(sockets: string): string {
  return `postgresql://${embeddedUser}@localhost/${embeddedUser}?host=${encodeURIComponent(sockets)}`
}

function said(thread: Worker, word: 'ready' | 'closed'): Promise<void> {
  return new Promise((resolve, reject) => {
    const settle = (end: () => void) => {
      thread.off('message', hear)
      thread.off('error', reject)
      thread.off('exit', fail)
      end()
    }
    const hear = (message: unknown) => message === word && settle(resolve)
    const fail = () => settle(() => reject(new Error('The embedded database ended before it was to')))
    thread.on('message', hear)
    thread.once('error', reject)
    thread.once('exit', fail)
  })
}
