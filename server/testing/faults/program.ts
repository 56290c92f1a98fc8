import type { Server } from 'node:http'
import { monitorEventLoopDelay } from 'node:perf_hooks'
import { type OpenDatabase, setDatabase } from '@/lib/db.ts'
import { setEnv } from '@/lib/env.ts'
import { openDatabase } from '@/prisma/open.ts'
import { StartRefusal } from '@/prisma/refusal.ts'
import { listen, patientServer, stopListening } from '../../listen.ts'
import { createSync, type Sync } from '../../sync.ts'
import { testEnv } from '../sessions.ts'
import { type Answer, type Begin, orderSchema } from './orders.ts'

/*
 * The sync server of the product in a process of its own that may be killed: the same database, rights and sync as
 * `main.ts` starts, without pages. It stands by, with everything loaded, until it is told to begin.
 */

type Running = { sync: Sync; database: OpenDatabase; server: Server }

let running: Running | null = null
const delay = monitorEventLoopDelay({ resolution: 10 })
delay.enable()

process.on('message', async (message) => {
  const order = orderSchema.parse(message)
  if (order.kind === 'begin') return begin(order).catch(refuse)
  if (order.kind === 'figures' && running) answer({ kind: 'figures', ...figuresOf(running, order.collect) })
})
process.on('disconnect', () => process.exit(1))
process.once('SIGTERM', async () => {
  if (running) {
    const stopped = stopListening(running.server, 3000)
    await running.sync.close()
    await stopped
    await running.database.close()
  }
  process.exit(0)
})
answer({ kind: 'standing' })

async function begin({ port, limits, env: given }: Begin): Promise<void> {
  const env = testEnv(given)
  setEnv(env)
  const database = await openDatabase(env)
  setDatabase(database)
  const server = patientServer()
  const sync = createSync({ limits })
  await sync.ready
  server.on('upgrade', (request, socket, head) => sync.handleUpgrade(request, socket, head))
  await listen(server, { host: '127.0.0.1', port })
  running = { sync, database, server }
  answer({ kind: 'ready', databaseUrl: database.url })
}

function figuresOf({ sync }: Running, collect: boolean) {
  if (collect) globalThis.gc?.()
  const loop = { p99: delay.percentile(99) / 1e6, longest: delay.max / 1e6 }
  delay.reset()
  return { resident: process.memoryUsage.rss(), loop, ...sync.figures() }
}

function answer(said: Answer): void {
  process.send?.(said)
}

function refuse(error: unknown): void {
  process.stderr.write(`${error instanceof StartRefusal ? error.message : String(error)}\n`)
  process.exit(1)
}
