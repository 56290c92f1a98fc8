import { type ChildProcess, fork } from 'node:child_process'
import { connect as dial } from 'node:net'
import { fileURLToPath } from 'node:url'
import { z } from 'zod'
import { childEnvironment } from '@/lib/env.ts'

const monitor = fileURLToPath(new URL('monitor.mjs', import.meta.url))
const usageAnswer = z.object({ cpu: z.number(), resident: z.number() })

/** CPU time used since the start, in µs, and resident memory, in bytes. */
export type Usage = z.infer<typeof usageAnswer>

/** How a server's process is started. */
export type Program = {
  file: string
  args?: string[]
  env?: Record<string, string>
}

/** A measured server in a process of its own. */
export type Running = {
  pid: number
  port: number
  usage(): Promise<Usage>
  /** The same after a full garbage collection. */
  settledUsage(): Promise<Usage>
  /** SIGTERM and, when that is not obeyed within 15 s, SIGKILL. */
  stop(): Promise<void>
  kill(): Promise<void>
}

/**
 * Starts a program with PORT and HOST in its environment; resolves when it takes connections. With a `profile` folder
 * its threads write there, when it stops, what they spent their time on.
 */
export async function startChild(
  { file, args = [], env = {} }: Program,
  { port, profile }: { port: number; profile: string | null },
): Promise<Running> {
  const child = fork(file, args, {
    env: childEnvironment({ NODE_ENV: 'production', ...env, HOST: '127.0.0.1', PORT: String(port) }),
    execArgv: [
      '--expose-gc',
      '--import',
      monitor,
      ...(profile ? ['--cpu-prof', '--cpu-prof-dir', profile] : []),
    ],
    stdio: ['ignore', 'ignore', 'pipe', 'ipc'],
  })
  const lastWords = tail(child)
  const ended = new Promise<void>((resolve) => child.once('exit', () => resolve()))
  await ready(child, port, lastWords)
  return {
    pid: child.pid ?? 0,
    port,
    usage: () => ask(child, 'usage'),
    settledUsage: () => ask(child, 'collect'),
    stop: async () => {
      child.kill('SIGTERM')
      const timer = setTimeout(() => child.kill('SIGKILL'), 15_000)
      await ended
      clearTimeout(timer)
    },
    kill: async () => {
      child.kill('SIGKILL')
      await ended
    },
  }
}

function ask(child: ChildProcess, question: 'usage' | 'collect'): Promise<Usage> {
  return new Promise((resolve, reject) => {
    const timer = setTimeout(() => reject(new Error('The server does not answer')), 20_000)
    child.once('message', (answer) => {
      clearTimeout(timer)
      resolve(usageAnswer.parse(answer))
    })
    child.send(question, (error) => error && reject(error))
  })
}

function tail(child: ChildProcess): () => string {
  let kept = ''
  child.stderr?.setEncoding('utf8')
  child.stderr?.on('data', (text: string) => {
    kept = (kept + text).slice(-2000)
  })
  return () => kept.trim()
}

async function ready(child: ChildProcess, port: number, lastWords: () => string): Promise<void> {
  const deadline = performance.now() + 40_000
  while (!(await answers(port))) {
    if (child.exitCode !== null || child.signalCode) throw new Error(`The server ended: ${lastWords()}`)
    if (performance.now() > deadline) {
      child.kill('SIGKILL')
      throw new Error(`The server does not listen: ${lastWords()}`)
    }
    await new Promise((resolve) => setTimeout(resolve, 20))
  }
}

function answers(port: number): Promise<boolean> {
  return new Promise((resolve) => {
    const socket = dial({ port, host: '127.0.0.1' })
    socket.once('connect', () => resolve(true))
    socket.once('error', () => resolve(false))
    socket.on('connect', () => socket.destroy())
  })
}
