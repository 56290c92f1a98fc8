import { createServer } from 'node:http'
import { setDatabase } from '@/lib/db.ts'
import { demoSignIn, type Env, prepareRuntime, readProcessEnv, setEnv } from '@/lib/env.ts'
import { log } from '@/lib/log.ts'
import { openDatabase } from '@/prisma/open.ts'
import { StartRefusal } from '@/prisma/refusal.ts'
import { projectRoot } from '@/prisma/root.ts'
import { seedDemo } from '@/prisma/seed.ts'
import { greeting } from './greeting.ts'
import { isKnownHost } from './known-host.ts'
import { listen, stopListening } from './listen.ts'
import { guard } from './page-headers.ts'
import { keptSecret } from './secret.ts'
import { onStopSignal } from './stop-signal.ts'
import { createSync } from './sync.ts'

const isDev = process.argv.includes('--dev')

process.on('unhandledRejection', (error) => die(error))
process.on('uncaughtException', (error) => die(error))
await main().catch(die)

/** Config → database → migrations → Next → sync → listen; then the same backwards at a stop signal. */
async function main(): Promise<void> {
  const answer = readProcessEnv()
  if (!answer.ok) throw new StartRefusal(answer.sentence)
  const database = await openDatabase(answer.env)
  setDatabase(database)
  const env: Env = {
    ...answer.env,
    authSecret: answer.env.authSecret ?? (await keptSecret(answer.env.dataDir)),
  }
  setEnv(env)
  if (demoSignIn(env)) await seedDemo()

  const server = createServer()
  const pages = await preparePages(server, env)
  const sync = createSync()
  server.on('upgrade', (request, socket, head) => {
    if (!isKnownHost(request.headers.host, env)) return socket.destroy()
    if (request.url?.startsWith('/sync/')) return sync.handleUpgrade(request, socket, head)
    // In development Next listens for its own upgrades; all others would hang.
    if (!(isDev && request.url?.startsWith('/_next/'))) socket.destroy()
  })
  await listen(server, env)
  onStopSignal(async () => {
    const stopped = stopListening(server, 3000)
    await sync.close()
    await stopped
    await pages.close()
    await database.close()
  })
  // Last of all: whoever waits for this line may stop the process at once.
  process.stdout.write(`${greeting(env, database.kind)}\n`)
}

async function preparePages(server: ReturnType<typeof createServer>, env: Env) {
  prepareRuntime({ isDev })
  const { default: next } = await import('next')
  const app = next({ dev: isDev, dir: projectRoot, hostname: env.host, port: env.port, httpServer: server })
  await app.prepare()
  const handle = app.getRequestHandler()
  const isHttps = env.publicUrl.startsWith('https:')
  server.on('request', (request, response) => {
    if (!isKnownHost(request.headers.host, env)) return response.writeHead(421).end()
    guard(request, response, { isDev, isHttps })
    void handle(request, response)
  })
  return app
}

function die(error: unknown): void {
  if (error instanceof StartRefusal) process.stderr.write(`${error.message}\n`)
  else log.fatal({ err: error }, 'the process stops because of a fault')
  process.exit(1)
}
