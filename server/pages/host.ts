import type { RequestListener, Server } from 'node:http'
import path from 'node:path'
import { prepareRuntime, type UnsealedEnv } from '@/lib/env.ts'
import { projectRoot } from '@/prisma/root.ts'
import { guard } from '../page-headers.ts'
import { serveStatic } from './static.ts'
import { answerWorker, isWorker } from './worker.ts'

/** The pages of this process, ready to answer. */
export type HostedPages = { handle: RequestListener; close: () => Promise<void> }

/** Loads Next; `server` is the one whose requests it will be given, for the upgrades that Next listens for itself. */
export async function hostPages({
  server,
  env,
  isDev,
}: {
  server: Server
  env: UnsealedEnv
  isDev: boolean
}): Promise<HostedPages> {
  prepareRuntime({ isDev })
  const { default: next } = await import('next')
  const app = next({ dev: isDev, dir: projectRoot, hostname: env.host, port: env.port, httpServer: server })
  await app.prepare()
  const handle = app.getRequestHandler()
  const isHttps = env.publicUrl.startsWith('https:')
  const pages: RequestListener = (request, response) => {
    guard(request, response, { isDev, isHttps })
    if (!isDev && isWorker(request)) return answerWorker(request, response)
    void handle(request, response)
  }
  return {
    handle: isDev ? pages : serveStatic(path.join(projectRoot, '.next/static'), pages),
    close: () => app.close(),
  }
}
