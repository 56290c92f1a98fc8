import { type ChildProcess, spawn, spawnSync } from 'node:child_process'
import { readFileSync } from 'node:fs'
import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { encode } from 'next-auth/jwt'
import { db, setDatabase } from '@/lib/db.ts'
import { childEnvironment, readProcessEnv } from '@/lib/env.ts'
import { sessionCookieName } from '@/lib/identity/cookies.ts'
import { demoEmail } from '@/prisma/demo/people.ts'
import { openDatabase } from '@/prisma/open.ts'
import { projectRoot } from '@/prisma/root.ts'
import { buildWhenChanged, bundledMain } from '../build.ts'
import { median } from './median.ts'

/*
 * `npm run bench:pages`: how long the server takes over each page, from the request to the last byte, with 200 meetings
 * and 3,000 items on the embedded store. The same page is asked for `rounds` times after `warm` that do not count.
 * CPU is the server process's own a request, which is what is left of the time when nothing else goes on.
 */

const port = 3987
const authSecret = 'the secret of a benchmark, and of nothing else'
const [warm, rounds] = [5, 31]
const limit = 300

const dataDir = await mkdtemp(path.join(tmpdir(), 'dagsorden-pages-'))
const given = childEnvironment({
  DATA_DIR: dataDir,
  PORT: `${port}`,
  AUTH_SECRET: authSecret,
  DATABASE_URL: undefined,
  LOG_LEVEL: 'error',
})
try {
  await buildWhenChanged((line) => process.stdout.write(`${line}\n`))
  const made = spawnSync(process.execPath, ['--import', 'tsx', 'prisma/demo.ts'], {
    cwd: projectRoot,
    env: given,
    stdio: 'inherit',
  })
  if (made.status !== 0) throw new Error('The demo could not be made')
  const { pages, cookies } = await readStage()
  const server = await startServer()
  try {
    process.exitCode = (await measure(pages, { cookies, pid: server.pid ?? 0 })) ? 0 : 1
  } finally {
    const ended = new Promise((resolve) => server.once('exit', resolve))
    server.kill('SIGTERM')
    await ended
  }
} finally {
  await rm(dataDir, { recursive: true, force: true })
}

type Page = { name: string; who: 'jhp' | 'fo' | 'syd'; path: string }

async function readStage() {
  const settings = readProcessEnv()
  if (!settings.ok) throw new Error(settings.sentence)
  const database = await openDatabase({ ...settings.env, dataDir, databaseUrl: null })
  setDatabase(database)
  const now = new Date()
  const next = await db().meeting.findFirstOrThrow({
    where: { startsAt: { gt: now } },
    orderBy: { startsAt: 'asc' },
  })
  const old = await db().meeting.findFirstOrThrow({ orderBy: { startsAt: 'asc' } })
  const cookies = new Map<Page['who'], string>()
  for (const who of ['jhp', 'fo', 'syd'] as const) {
    const { id } = await db().user.findUniqueOrThrow({ where: { email: demoEmail(who) } })
    const token = await encode({ token: { sub: id }, secret: authSecret })
    cookies.set(who, `${sessionCookieName(false)}=${token}`)
  }
  const item = await db().item.findFirstOrThrow({ where: { meetingId: next.id } })
  await database.close()
  const meeting = `/moeder/${next.id}`
  const api = `/api/meetings/${next.id}`
  const pages: Page[] = [
    { name: 'home, secretariat', who: 'jhp', path: '/' },
    { name: 'home, chair', who: 'fo', path: '/' },
    { name: 'home, member', who: 'syd', path: '/' },
    { name: 'new meeting', who: 'jhp', path: '/moeder/nyt' },
    { name: 'plan of the meeting', who: 'jhp', path: `${meeting}/plan` },
    { name: 'calendar', who: 'jhp', path: '/kalender' },
    { name: 'template', who: 'jhp', path: `/skabeloner/${next.bodyId}` },
    { name: 'body settings', who: 'jhp', path: `/indstillinger/${next.bodyId}` },
    { name: 'workspace', who: 'jhp', path: meeting },
    { name: 'workspace, chair', who: 'fo', path: meeting },
    { name: 'chair’s page', who: 'fo', path: `${meeting}/godkend` },
    { name: 'reader', who: 'syd', path: `${meeting}/laes` },
    { name: 'reader, oldest meeting', who: 'syd', path: `/moeder/${old.id}/laes` },
    { name: 'notices', who: 'jhp', path: '/besked' },
    { name: 'mail settings', who: 'jhp', path: '/besked/indstillinger' },
    { name: 'outbox', who: 'jhp', path: `/udbakke/${next.bodyId}` },
    { name: 'agenda (data)', who: 'jhp', path: `${api}/agenda` },
    { name: 'approvals (data)', who: 'jhp', path: `${api}/approvals` },
    { name: 'readiness (data)', who: 'jhp', path: `${api}/readiness` },
    { name: 'review (data)', who: 'fo', path: `${api}/review` },
    { name: 'history (data)', who: 'jhp', path: `/api/items/${item.id}/history` },
  ]
  return { pages, cookies }
}

function startServer(): Promise<ChildProcess> {
  const child = spawn(process.execPath, [bundledMain], {
    cwd: projectRoot,
    env: given,
    stdio: ['ignore', 'pipe', 'inherit'],
  })
  return new Promise((resolve, reject) => {
    let said = ''
    child.stdout.setEncoding('utf8').on('data', (text: string) => {
      said += text
      if (said.includes('Dagsorden is ready on')) resolve(child)
    })
    child.once('exit', (code) => reject(new Error(`The server ended with ${code}`)))
  })
}

/** CPU time of a process so far with all its threads, in ms: Linux counts it in hundredths of a second. */
function cpuOf(pid: number): number {
  const [, rest = ''] = readFileSync(`/proc/${pid}/stat`, 'utf8').split(') ')
  const [user = 0, system = 0] = rest.split(' ').slice(11, 13).map(Number)
  return (user + system) * 10
}

type Target = { cookies: Map<Page['who'], string>; pid: number }

async function measure(pages: Page[], { cookies, pid }: Target): Promise<boolean> {
  let isFast = true
  process.stdout.write('| page | median ms | slowest ms | CPU ms |\n| --- | --- | --- | --- |\n')
  for (const page of pages) {
    const times: number[] = []
    let before = 0
    for (let turn = 0; turn < warm + rounds; turn++) {
      if (turn === warm) before = cpuOf(pid)
      const took = await ask(page, cookies.get(page.who) ?? '')
      if (turn >= warm) times.push(took)
    }
    const middle = median(times) ?? 0
    isFast &&= middle <= limit
    const cpu = (cpuOf(pid) - before) / rounds
    const figures = [middle, Math.max(...times), cpu].map((figure) => figure.toFixed(0))
    process.stdout.write(`| ${page.name} | ${figures.join(' | ')} |\n`)
  }
  process.stdout.write(isFast ? `All within ${limit} ms.\n` : `Not all within ${limit} ms.\n`)
  return isFast
}

async function ask({ name, path: wanted }: Page, cookie: string): Promise<number> {
  const from = performance.now()
  const answer = await fetch(`http://127.0.0.1:${port}${wanted}`, { headers: { cookie }, redirect: 'manual' })
  await answer.arrayBuffer()
  if (answer.status !== 200) throw new Error(`${name} answered ${answer.status}`)
  return performance.now() - from
}
