import { Redis } from '@hocuspocus/extension-redis'
import { SQLite } from '@hocuspocus/extension-sqlite'
import { Server } from '@hocuspocus/server'

// Hocuspocus as its guide starts it; the first argument says what it stores with.
const extensions = {
  plain: () => [],
  sqlite: () => [new SQLite({ database: `${process.env.DATA_DIR}/db.sqlite` })],
  redis: () => [new Redis({ host: '127.0.0.1', port: Number(process.env.REDIS_PORT) })],
}[process.argv[2]]

await new Server({
  port: Number(process.env.PORT),
  address: process.env.HOST,
  quiet: true,
  extensions: extensions(),
}).listen()
