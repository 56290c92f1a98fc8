import { readFile } from 'node:fs/promises'
import type { IncomingMessage, ServerResponse } from 'node:http'
import path from 'node:path'
import { projectRoot } from '@/prisma/root.ts'

/** The bundled service worker; not there where the process runs from its sources. */
export const bundledWorker = path.join(projectRoot, '.build', 'sw.js')

/** Does a request ask for the service worker? */
export function isWorker({ url }: IncomingMessage): boolean {
  return url?.split('?', 1)[0] === '/sw.js'
}

/** Answers the service worker of this build, asked for anew each time; 404 where none was built. */
export async function answerWorker({ method }: IncomingMessage, response: ServerResponse): Promise<void> {
  const script =
    method === 'GET' || method === 'HEAD' ? await readFile(bundledWorker).catch(() => null) : null
  response.setHeader('cache-control', 'no-cache')
  if (!script) return void response.writeHead(404).end()
  response.setHeader('content-type', 'text/javascript; charset=utf-8')
  response.writeHead(200, { 'content-length': script.length }).end(method === 'HEAD' ? undefined : script)
}
