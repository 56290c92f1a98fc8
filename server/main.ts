import type { Server } from 'node:http'
import { tellOfLapses } from '@/lib/approval/notice-service.ts'
import { systemClock } from '@/lib/clock.ts'
import { appliedMigrations, type OpenDatabase, setDatabase } from '@/lib/db.ts'
import { remindAll } from '@/lib/dispatch/reminder-service.ts'
import { demoSignIn, type Env, readProcessEnv, setEnv, type UnsealedEnv } from '@/lib/env.ts'
import { log } from '@/lib/log.ts'
import { alone } from '@/prisma/alone.ts'
import { listMigrations } from '@/prisma/migrate.ts'
import { openDatabase } from '@/prisma/open.ts'
import { StartRefusal } from '@/prisma/refusal.ts'
import { seedDemo } from '@/prisma/seed.ts'
import { openDoor } from './door.ts'
import { greeting } from './greeting.ts'
import { HealthCheck } from './health.ts'
import { isKnownHost } from './known-host.ts'
import { listen, patientServer, stopListening } from './listen.ts'
import { openMailWorker } from './mail-worker.ts'
import { type Pages, pagesOf } from './pages/pages.ts'
import { Reminders } from './reminders.ts'
import { keptSecret } from './secret.ts'
import { onStopSignal } from './stop-signal.ts'
import { createSync, type Sync } from './sync.ts'
import { syncMetrics } from './sync-metrics.ts'

const isDev = process.argv.includes('--dev')

process.on('unhandledRejection', (error) => die(error))
process.on('uncaughtException', (error) => die(error))
await main().catch(die)

/** Config → pages begin → database → migrations → sync → listen → pages answer; then the same backwards at a stop signal. */
async function main(): Promise<void> {
  const answer = readProcessEnv()
  if (!answer.ok) throw new StartRefusal(answer.sentence)
  const server = patientServer()
  const pages = pagesOf({ server, env: answer.env, isDev })
  const { env, database } = await prepare(answer.env)
  const sync = env.role === 'web' ? null : createSync()
  const mail = openMailWorker(env)
  const rounds = sync ? [remindOfDeadlines(), tellOfLapsedApprovals()] : []
  const health = await healthOf({ env, database, pages })
  await sync?.warm()
  receive({ server, env, pages, sync, health })
  const { url, kind } = database
  pages?.serve({ authSecret: env.authSecret, database: { url, kind } })
  await listen(server, env)
  onStopSignal(async () => {
    health.stop()
    const told = Promise.all(rounds.map((round) => round.stop()))
    const stopped = stopListening(server, 3000)
    await sync?.close()
    await told
    await stopped
    await pages?.stop()
    await mail?.close()
    await database.close()
  })
  await pages?.answers
  // Last of all: whoever waits for this line may stop the process at once.
  process.stdout.write(`${greeting(env, kind)}\n`)
}

async function prepare(unsealed: UnsealedEnv): Promise<{ env: Env; database: OpenDatabase }> {
  const database = await openDatabase(unsealed)
  setDatabase(database)
  const env = { ...unsealed, authSecret: unsealed.authSecret ?? (await keptSecret(unsealed.dataDir)) }
  setEnv(env)
  if (demoSignIn(env)) await (database.kind === 'embedded' ? seedDemo() : alone(database.url, seedDemo))
  return { env, database }
}

async function healthOf({
  env,
  database,
  pages,
}: {
  env: Env
  database: OpenDatabase
  pages: Pages | null
}): Promise<HealthCheck> {
  const { migrationDirectories } = await listMigrations()
  return new HealthCheck({
    role: env.role,
    store: database.kind,
    migrations: migrationDirectories.map(({ path }) => path),
    applied: appliedMigrations,
    pages: pages && (() => pages.isReady),
  })
}

function remindOfDeadlines(): Reminders {
  return new Reminders({
    every: 15 * 60_000,
    clock: systemClock,
    remind: (now) =>
      remindAll(now, (err, meetingId) =>
        log.error({ err, meetingId }, 'a meeting was left out of the reminders'),
      ),
    failed: (err) => log.error({ err }, 'nobody could be reminded of deadlines'),
  })
}

function tellOfLapsedApprovals(): Reminders {
  return new Reminders({
    every: 60_000,
    clock: systemClock,
    remind: (now) => tellOfLapses(() => now),
    failed: (err) => log.error({ err }, 'nobody could be told of lapsed approvals'),
  })
}

type Parts = { server: Server; env: Env; pages: Pages | null; sync: Sync | null; health: HealthCheck }

function receive({ server, env, pages, sync, health }: Parts): void {
  const readSync = sync && syncMetrics(sync)
  const metrics = async () => `${readSync?.() ?? ''}${(await pages?.metrics()) ?? ''}`
  server.on('request', openDoor({ env, health, metrics, pages: pages?.handle }))
  server.on('upgrade', (request, socket, head) => {
    if (!isKnownHost(request.headers.host, env)) return socket.destroy()
    if (request.url?.startsWith('/sync/') && sync) return sync.handleUpgrade(request, socket, head)
    if (isDev && request.url?.startsWith('/_next/') && pages) pages.handleUpgrade(request, socket, head)
    else socket.destroy()
  })
}

function die(error: unknown): void {
  if (error instanceof StartRefusal) process.stderr.write(`${error.message}\n`)
  else log.fatal({ err: error }, 'the process stops because of a fault')
  process.exit(1)
}
