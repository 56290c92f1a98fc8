import { rmSync } from 'node:fs'
import { createServer } from 'node:http'
import path from 'node:path'
import { setDatabase } from '@/lib/db.ts'
import { readProcessEnv, setEnv } from '@/lib/env.ts'
import { log } from '@/lib/log.ts'
import { attachDatabase } from '@/prisma/open.ts'
import { StartRefusal } from '@/prisma/refusal.ts'
import { stopListening } from '../listen.ts'
import { hostPages } from './host.ts'
import { livePath, metricsPath, orderSchema, ready, type Serve } from './messages.ts'
import { PageMetrics } from './metrics.ts'

/*
 * The process of the pages, a child of the one with the sync server: rendering must not hold up typing. It loads
 * while the parent opens the database, serves on a local socket when it is told to, and never outlives its parent.
 */

const isDev = process.argv.includes('--dev')
const [, , socket = ''] = process.argv
// Before anything is served there is nothing to put in order.
let stop = async (): Promise<void> => process.exit(0)

process.on('unhandledRejection', die)
process.on('uncaughtException', die)
// A terminal's Ctrl-C, and some service managers, reach every process at once; when the pages stop is the parent's to say.
for (const signal of ['SIGINT', 'SIGTERM'] as const) process.on(signal, () => undefined)
process.on('disconnect', () => {
  rmSync(path.dirname(socket), { recursive: true, force: true })
  process.exit(1)
})

const figures = new PageMetrics()
const server = createServer({ keepAliveTimeout: 0, requestTimeout: 0, headersTimeout: 0 })
const pages = load()
// Who waits for it hears of a failure; nobody may yet.
pages.catch(die)
process.on('message', (message) => {
  const order = orderSchema.parse(message)
  if (order.kind === 'serve') serve(order).catch(die)
  else stop().catch(die)
})
if (!process.connected) process.exit(1)

async function load() {
  const answer = readProcessEnv()
  if (!answer.ok) throw new StartRefusal(answer.sentence)
  return { env: answer.env, hosted: await hostPages({ server, env: answer.env, isDev }) }
}

async function serve({ authSecret, database }: Serve): Promise<void> {
  const { env, hosted } = await pages
  setEnv({ ...env, authSecret })
  const open = attachDatabase(database)
  setDatabase(open)
  server.on('request', (request, response) => {
    if (request.url === livePath) return void response.end('alive')
    if (request.url === metricsPath) return void response.end(figures.text())
    figures.watch(request, response)
    hosted.handle(request, response)
  })
  await new Promise<void>((resolve, reject) => {
    server.once('error', reject)
    server.listen(socket, resolve)
  })
  process.send?.(ready)
  stop = async () => {
    await stopListening(server, 1000)
    await hosted.close()
    await open.close()
    process.exit(0)
  }
}

function die(error: unknown): void {
  if (error instanceof StartRefusal) process.stderr.write(`${error.message}\n`)
  else log.fatal({ err: error }, 'the pages stop because of a fault')
  process.exit(1)
}
