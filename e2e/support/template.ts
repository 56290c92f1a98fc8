import { cp, rm } from 'node:fs/promises'
import path from 'node:path'
import { startServer, templateFolder } from './server.ts'

/** Lets a real server load the demo into an empty folder once; each test server then begins with a copy of it. */
export default async function makeTemplate(): Promise<void> {
  const server = await startServer({ empty: true })
  const code = await server.stop()
  if (code !== 0) throw new Error(`The server did not stop in order (${code}):\n${server.output()}`)
  await rm(templateFolder, { recursive: true, force: true })
  await cp(path.join(server.dataDir), templateFolder, { recursive: true })
  await server.dispose()
}
