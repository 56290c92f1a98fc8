import { spawnSync } from 'node:child_process'
import path from 'node:path'
import { fileURLToPath } from 'node:url'
import { childEnvironment } from '@/lib/env.ts'
import { projectRoot } from './root.ts'

/** Writes the typed client of the schema to prisma/client; throws with Prisma's own words when it can't. */
export function generateClient(): void {
  const cli = path.join(projectRoot, 'node_modules/prisma/build/index.js')
  // Prisma looks for its schema engine binary before it generates, but does not run it: any executable will do.
  const env = childEnvironment({
    PRISMA_SCHEMA_ENGINE_BINARY: process.execPath,
    PRISMA_HIDE_UPDATE_MESSAGE: '1',
  })
  const { status, stdout, stderr } = spawnSync(process.execPath, [cli, 'generate', '--no-hints'], {
    cwd: projectRoot,
    env,
    encoding: 'utf8',
  })
  if (status !== 0) throw new Error(`prisma generate failed\n${stdout}\n${stderr}`)
}

if (process.argv[1] === fileURLToPath(import.meta.url)) generateClient()
