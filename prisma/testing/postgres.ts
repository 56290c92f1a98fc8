import { spawnSync } from 'node:child_process'
import { randomUUID } from 'node:crypto'
import { chownSync, existsSync, mkdtempSync, readdirSync, rmSync } from 'node:fs'
import { createServer } from 'node:net'
import { tmpdir, userInfo } from 'node:os'
import path from 'node:path'
import { PrismaPg } from '@prisma/adapter-pg'

/** A PostgreSQL server for tests, or the reason why there is none. */
export type TestServer = { url: string; folder: string; stop: () => void } | { url: null; reason: string }

/**
 * Starts PostgreSQL in a temporary folder and on a loopback port. It lives as long as the tests and is not durable,
 * unless it is asked to flush as in real use.
 */
export async function startPostgres({ isDurable = false } = {}): Promise<TestServer> {
  const bin = findBinaries()
  if (!bin) return { url: null, reason: 'no PostgreSQL server is installed (initdb was not found)' }
  const account = findAccount()
  if (!account)
    return { url: null, reason: 'PostgreSQL refuses to run as root and there is no user "postgres"' }
  const folder = mkdtempSync(path.join(tmpdir(), 'dagsorden-postgres-'))
  chownSync(folder, account.uid, account.gid)
  const data = path.join(folder, 'data')
  const run = (program: string, args: string[]) => runAs(account, path.join(bin, program), args)
  const port = await freePort()
  const settings = `-p ${port} -k ${folder} -c listen_addresses=127.0.0.1 -c fsync=${isDurable ? 'on' : 'off'} -c max_connections=200`
  const failed =
    run('initdb', ['-D', data, '-U', 'dagsorden', '-A', 'trust', '-E', 'UTF8', '--locale=C.UTF-8', '-N']) ??
    run('pg_ctl', ['-D', data, '-o', settings, '-l', path.join(folder, 'log'), '-w', 'start'])
  const stop = () => {
    if (!failed) run('pg_ctl', ['-D', data, '-m', 'immediate', 'stop'])
    rmSync(folder, { recursive: true, force: true })
  }
  if (!failed) return { url: `postgresql://dagsorden@127.0.0.1:${port}/postgres`, folder: data, stop }
  stop()
  return { url: null, reason: `PostgreSQL did not start: ${failed}` }
}

/** Makes a database on a PostgreSQL server, without any tables or as a copy of another. */
export async function newPostgres(
  serverUrl: string,
  template?: string,
): Promise<{ url: string; name: string; drop: () => Promise<void> }> {
  const name = `test_${randomUUID().replaceAll('-', '')}`
  const admin = await new PrismaPg({ connectionString: serverUrl }).connect()
  await admin.executeScript(`CREATE DATABASE "${name}"${template ? ` TEMPLATE "${template}"` : ''}`)
  const url = new URL(serverUrl)
  url.pathname = `/${name}`
  const drop = async () => {
    await admin.executeScript(`DROP DATABASE "${name}" WITH (FORCE)`)
    await admin.dispose()
  }
  return { url: url.href, name, drop }
}

function findBinaries(): string | null {
  const debian = '/usr/lib/postgresql'
  const versions = existsSync(debian) ? readdirSync(debian).sort((a, b) => Number(b) - Number(a)) : []
  const folders = versions.map((version) => path.join(debian, version, 'bin'))
  const onPath = spawnSync('sh', ['-c', 'command -v initdb'], { encoding: 'utf8' }).stdout.trim()
  if (onPath) folders.push(path.dirname(onPath))
  return folders.find((folder) => existsSync(path.join(folder, 'initdb'))) ?? null
}

type UserAccount = { uid: number; gid: number }

// PostgreSQL does not run as root; Debian's package brings a user of that name for it.
function findAccount(): UserAccount | null {
  const me = userInfo()
  if (me.uid !== 0) return me
  const id = (flag: string) => spawnSync('id', [flag, 'postgres'], { encoding: 'utf8' }).stdout.trim()
  return id('-u') ? { uid: Number(id('-u')), gid: Number(id('-g')) } : null
}

function runAs(account: UserAccount, program: string, args: string[]): string | null {
  const { uid, gid } = account
  // pg_ctl leaves the server running with its output open, so nothing may wait for that to end.
  const answer = spawnSync(program, args, {
    uid,
    gid,
    cwd: '/',
    stdio: ['ignore', 'ignore', 'pipe'],
    encoding: 'utf8',
  })
  if (answer.status === 0) return null
  return answer.stderr.trim().split('\n').at(-1) ?? `${path.basename(program)} failed`
}

function freePort(): Promise<number> {
  return new Promise((resolve, reject) => {
    const server = createServer()
    server.once('error', reject)
    server.listen(0, '127.0.0.1', () => {
      const address = server.address()
      const port = address && typeof address === 'object' ? address.port : 0
      server.close(() => resolve(port))
    })
  })
}
