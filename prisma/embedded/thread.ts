import { parentPort, workerData } from 'node:worker_threads'
import { z } from 'zod'
import { hostDatabase } from './host.ts'

/* The thread of the embedded database: says that it is ready, and closes when it is told to. */

const { folder, socket } = z.object({ folder: z.string(), socket: z.string() }).parse(workerData)
const host = await hostDatabase({ folder, socket })
parentPort?.once('message', async () => {
  await host.close()
  parentPort?.postMessage('closed')
})
parentPort?.postMessage('ready')
