import { createServer } from 'node:http'
import type { TestProject } from 'vitest/node'
import { toolEnvironment } from '@/lib/env.ts'
import { startPostgres, type TestServer } from './postgres.ts'

declare module 'vitest' {
  export interface ProvidedContext {
    /** Where test files ask for the PostgreSQL server, which is started at the first question. */
    postgresDesk: string
  }
}

/** Offers one PostgreSQL server to all test files of a run, and stops it when they are done. */
export default async function setup(project: TestProject): Promise<() => Promise<void>> {
  let server: Promise<TestServer> | null = null
  const desk = createServer(async (_request, response) => {
    server ??= givenOrStarted()
    response.end(JSON.stringify(await server))
  })
  await new Promise<void>((resolve) => desk.listen(0, '127.0.0.1', resolve))
  const address = desk.address()
  const port = address && typeof address === 'object' ? address.port : 0
  project.provide('postgresDesk', `http://127.0.0.1:${port}/`)
  return async () => {
    desk.close()
    const started = await server
    if (started?.url) started.stop()
  }
}

async function givenOrStarted(): Promise<TestServer> {
  const given = toolEnvironment().TEST_DATABASE_URL
  return given ? { url: given, folder: '', stop: () => undefined } : startPostgres()
}
