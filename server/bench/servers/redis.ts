import { spawn } from 'node:child_process'
import { connect } from 'node:net'
import { freePort } from '../../testing/free-port.ts'

/** A Redis server that keeps nothing, for as long as it is not stopped. Throws when none is installed. */
export async function startRedis(): Promise<{ port: number; stop: () => void }> {
  const port = await freePort()
  const child = spawn('redis-server', ['--port', String(port), '--save', '', '--bind', '127.0.0.1'], {
    stdio: 'ignore',
  })
  const missing = new Promise<never>((_, reject) => {
    child.once('error', () => reject(new Error('redis-server is not installed')))
    child.once('exit', () => reject(new Error('redis-server ended')))
  })
  missing.catch(() => undefined)
  await Promise.race([missing, listens(port)])
  return { port, stop: () => void child.kill('SIGKILL') }
}

async function listens(port: number): Promise<void> {
  for (let tries = 0; tries < 200; tries++) {
    const isThere = await new Promise<boolean>((resolve) => {
      const socket = connect({ port, host: '127.0.0.1' }, () => {
        socket.destroy()
        resolve(true)
      })
      socket.once('error', () => resolve(false))
    })
    if (isThere) return
    await new Promise((resolve) => setTimeout(resolve, 25))
  }
  throw new Error('redis-server does not listen')
}
