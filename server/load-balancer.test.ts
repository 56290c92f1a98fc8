import { type ChildProcess, spawn, spawnSync } from 'node:child_process'
import { once } from 'node:events'
import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import path from 'node:path'
import * as decoding from 'lib0/decoding'
import { afterAll, beforeAll, describe, expect, test, vi } from 'vitest'
import { WebsocketProvider } from 'y-websocket'
import * as Y from 'yjs'
import { readDocument } from '@/lib/agenda/doc-store.ts'
import { db } from '@/lib/db.ts'
import { childEnvironment } from '@/lib/env.ts'
import { messageTypes } from '@/lib/sync/messages.ts'
import { openDatabase } from '@/prisma/open.ts'
import { projectRoot } from '@/prisma/root.ts'
import { adopt, type TestDatabase } from '@/prisma/testing/database.ts'
import { askForServer } from '@/prisma/testing/each-store.ts'
import { createActor, createAgenda, createItem } from '@/prisma/testing/factories.ts'
import { newPostgres } from '@/prisma/testing/postgres.ts'
import { freePort } from './testing/free-port.ts'
import { authSecret, browserWith, cookieFor } from './testing/sessions.ts'

/* The example of docs/proxy/nginx.conf, with a real nginx before two real processes of ours. */

const server = await askForServer()
const hasNginx = spawnSync('nginx', ['-v']).status === 0
const reason = server.url === null ? server.reason : hasNginx ? null : 'nginx is not installed'
const name = 'Two sync servers behind nginx'

describe.skipIf(reason !== null)(reason === null ? name : `${name} (skipped: ${reason})`, () => {
  const running: ChildProcess[] = []
  let folder: string
  let made: Awaited<ReturnType<typeof newPostgres>>
  let database: TestDatabase
  let front: number
  let ports: number[]
  let first: ChildProcess | undefined

  beforeAll(async () => {
    folder = await mkdtemp(path.join(tmpdir(), 'dagsorden-proxy-'))
    made = await newPostgres(server.url ?? '')
    database = adopt(await openDatabase({ dataDir: null, databaseUrl: made.url }))
    front = await freePort()
    ports = [await freePort(), await freePort()]
    await startProxy()
    ;[first] = await Promise.all(ports.map(startSync))
  })

  afterAll(async () => {
    for (const child of running) await ended(child, 'SIGKILL')
    await database.close()
    await made.drop()
    await rm(folder, { recursive: true })
  })

  async function startProxy(): Promise<void> {
    const example = await readFile(path.join(projectRoot, 'docs/proxy/nginx.conf'), 'utf8')
    const config = example
      .replace('127.0.0.1:8080', `127.0.0.1:${front}`)
      .replace('127.0.0.1:3001', `127.0.0.1:${ports[0]}`)
      .replace('127.0.0.1:3002', `127.0.0.1:${ports[1]}`)
    await writeFile(path.join(folder, 'nginx.conf'), config)
    const own = `daemon off; pid ${folder}/nginx.pid; user root;`
    const args = ['-c', path.join(folder, 'nginx.conf'), '-p', folder, '-g', own]
    running.push(spawn('nginx', args, { stdio: 'ignore' }))
  }

  async function startSync(port: number): Promise<ChildProcess> {
    const child = spawn(process.execPath, ['--import', 'tsx', 'server/main.ts'], {
      cwd: projectRoot,
      stdio: ['ignore', 'pipe', 'inherit'],
      env: childEnvironment({
        ROLE: 'sync',
        PORT: `${port}`,
        PROXIES: '1',
        PUBLIC_URL: `http://127.0.0.1:${front}`,
        DATABASE_URL: made.url,
        AUTH_SECRET: authSecret,
        // Else the demo would be loaded.
        SMTP_URL: 'smtp://127.0.0.1:1',
        MAIL_FROM: 'a@dagsorden.test',
        LOG_LEVEL: 'silent',
      }),
    })
    running.push(child)
    let said = ''
    for await (const piece of child.stdout ?? []) {
      said += piece
      if (said.includes('Dagsorden is ready')) break
    }
    return child
  }

  async function ended(child: ChildProcess, signal: NodeJS.Signals): Promise<void> {
    if (child.exitCode !== null || child.signalCode !== null) return
    child.kill(signal)
    await once(child, 'exit')
  }

  async function connectionsAt(port: number): Promise<number> {
    const text = await (await fetch(`http://127.0.0.1:${port}/api/metrics`)).text()
    return Number(/^dagsorden_sync_connections (\d+)$/m.exec(text)?.[1])
  }

  test('people in one room meet at one of them; when it is killed they meet at the other, and nothing is lost', async () => {
    const { body, meeting, section } = await createAgenda()
    const headers = await Promise.all(
      ['Ane', 'Bo'].map(async (who) => {
        const { userId } = await createActor({ bodyId: body.id, role: 'secretariat', name: who })
        return { Cookie: await cookieFor(userId), Origin: `http://127.0.0.1:${front}` }
      }),
    )
    const items = await Promise.all(
      Array.from({ length: 8 }, () => createItem({ meetingId: meeting.id, sectionId: section.id })),
    )
    const rooms = items.map(({ id }) =>
      headers.map((given) => {
        const doc = new Y.Doc()
        const url = `ws://127.0.0.1:${front}/sync`
        const options = { WebSocketPolyfill: browserWith(given), disableBc: true }
        const provider = new WebsocketProvider(url, `item/${id}`, doc, options)
        provider.awareness.setLocalStateField('item', id)
        // A plain client would write to the console that it does not know this message.
        provider.messageHandlers[messageTypes.acknowledge] = (_reply, decoder) =>
          decoding.readVarUint(decoder)
        return { doc, provider }
      }),
    )
    const all = rooms.flat()
    const patiently = { timeout: 20_000, interval: 50 }
    const allHave = (length: number) =>
      vi.waitFor(() => {
        for (const { doc } of all) expect(doc.getText('t').length).toBe(length)
      }, patiently)
    const allSee = () =>
      vi.waitFor(() => {
        for (const { provider } of all) expect(provider.awareness.getStates().size).toBe(2)
      }, patiently)
    await allSee()
    for (const { doc } of all) doc.getText('t').insert(0, 'x')
    await allHave(2)
    const spread = await Promise.all(ports.map(connectionsAt))
    expect(spread.reduce((sum, count) => sum + count)).toBe(all.length)
    expect(Math.min(...spread)).toBeGreaterThan(0)

    if (first) await ended(first, 'SIGKILL')
    for (const { doc } of all) doc.getText('t').insert(0, 'y')
    await allHave(4)
    expect(await connectionsAt(ports[1] ?? 0)).toBe(all.length)
    await vi.waitFor(async () => {
      for (const { id } of items) {
        const stored = new Y.Doc()
        const kept = await readDocument(db(), { itemId: id, generation: 1 })
        if (kept) Y.applyUpdate(stored, kept.state)
        expect(stored.getText('t').length).toBe(4)
      }
    }, patiently)
    for (const { provider } of all) provider.destroy()
  }, 90_000)
})
