import { type ChildProcess, spawn } from 'node:child_process'
import { cp, mkdtemp, rm } from 'node:fs/promises'
import { createServer } from 'node:net'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { childEnvironment } from '@/lib/env.ts'
import { projectRoot } from '@/prisma/root.ts'
import { bundledMain } from '@/server/build.ts'

/** The real, built server process on a data folder of its own. */
export type TestServer = {
  url: string
  dataDir: string
  /** The id of the running process. */
  pid: () => number
  /** What the process has written to stdout and stderr so far. */
  output: () => string
  /** Ends the process as a power failure of the process would, without any warning to it. */
  kill: () => Promise<void>
  /** Starts the process again on the same port and data folder. */
  restart: () => Promise<void>
  /** Stops the process in order, and answers its exit code. */
  stop: () => Promise<number | null>
  /** Stops the process and removes its data folder. */
  dispose: () => Promise<void>
}

/** Where `template.ts` leaves a data folder with the demo loaded, for each server to begin with a copy of. */
export const templateFolder = path.join(projectRoot, 'test-results', 'template')

type Options = { env?: Record<string, string>; empty?: boolean }

/** Starts a server with the demo loaded (or, with `empty`, on an empty folder) and waits until it is ready. */
export async function startServer({ env = {}, empty = false }: Options = {}): Promise<TestServer> {
  const dataDir = await mkdtemp(path.join(tmpdir(), 'dagsorden-e2e-'))
  if (!empty) await cp(templateFolder, dataDir, { recursive: true })
  const port = await freePort()
  const given = { PORT: `${port}`, DATA_DIR: dataDir, ...env }
  let output = ''
  const launch = () =>
    launchServer(given, (text) => {
      output += text
    })
  const forget = () => rm(dataDir, { recursive: true, force: true })
  let child = await launch().catch(async (error: unknown) => {
    await forget()
    throw error
  })
  const end = async (signal: NodeJS.Signals) => {
    const ended = exitOf(child)
    child.kill(signal)
    return ended
  }
  return {
    url: `http://127.0.0.1:${port}`,
    dataDir,
    pid: () => child.pid ?? 0,
    output: () => output,
    kill: async () => void (await end('SIGKILL')),
    restart: async () => {
      child = await launch()
    },
    stop: () => end('SIGTERM'),
    dispose: async () => {
      await end('SIGTERM')
      await forget()
    },
  }
}

/** Starts the process and waits for its greeting; throws with what it said when it ends instead. */
function launchServer(env: Record<string, string>, hear: (text: string) => void): Promise<ChildProcess> {
  const cleared = {
    HOST: undefined,
    PUBLIC_URL: undefined,
    DEMO: undefined,
    DATABASE_URL: undefined,
    AUTH_SECRET: undefined,
    SMTP_URL: undefined,
    OIDC_ISSUER: undefined,
  }
  const child = spawn(process.execPath, [bundledMain], {
    cwd: projectRoot,
    env: childEnvironment({ ...cleared, ...env }),
    stdio: ['ignore', 'pipe', 'pipe'],
  })
  return new Promise((resolve, reject) => {
    let said = ''
    for (const stream of [child.stdout, child.stderr]) {
      stream.setEncoding('utf8')
      stream.on('data', (text: string) => {
        said += text
        hear(text)
        if (said.includes('Dagsorden is ready on')) resolve(child)
      })
    }
    child.once('error', reject)
    child.once('exit', (code) =>
      reject(new Error(`The server ended with ${code} before it was ready:\n${said}`)),
    )
  })
}

function exitOf(child: ChildProcess): Promise<number | null> {
  if (child.exitCode !== null || child.signalCode !== null) return Promise.resolve(child.exitCode)
  return new Promise((resolve) => child.once('exit', (code) => resolve(code)))
}

/** A TCP port nobody listens on now. */
export function freePort(): Promise<number> {
  return new Promise((resolve, reject) => {
    const probe = createServer()
    probe.once('error', reject)
    probe.listen(0, '127.0.0.1', () => {
      const address = probe.address()
      const port = address && typeof address === 'object' ? address.port : 0
      probe.close(() => resolve(port))
    })
  })
}
