import { createServer } from 'node:http'
import { setDatabase } from '@/lib/db.ts'
import { readProcessEnv, setEnv } from '@/lib/env.ts'
import { openDatabase } from '@/prisma/open.ts'
import { listen, stopListening } from '../../listen.ts'
import { createSync } from '../../sync.ts'

/* The sync server of the product on its own: the same database, rights and sync as `main.ts` starts, without pages. */

const answer = readProcessEnv()
if (!answer.ok) throw new Error(answer.sentence)
const database = await openDatabase(answer.env)
setDatabase(database)
setEnv({ ...answer.env, authSecret: answer.env.authSecret ?? '' })
const server = createServer()
const sync = createSync()
server.on('upgrade', (request, socket, head) => sync.handleUpgrade(request, socket, head))
await sync.warm()
await listen(server, answer.env)
process.once('SIGTERM', async () => {
  const stopped = stopListening(server, 3000)
  await sync.close()
  await stopped
  await database.close()
  process.exit(0)
})
