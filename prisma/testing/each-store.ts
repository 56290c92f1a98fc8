import { afterAll, beforeAll, describe, inject } from 'vitest'
import { openDatabase } from '../open.ts'
import { adopt, type TestDatabase, testDatabase } from './database.ts'
import { newPostgres } from './postgres.ts'

/**
 * Runs the same tests on the embedded store and on a PostgreSQL server, each with a fresh database of its own.
 * Write `await eachStore(…)` at the top of the file: the server is asked for before the tests are named.
 */
export async function eachStore(name: string, tests: () => void): Promise<void> {
  describe(`${name} (embedded store)`, () => onDatabase(testDatabase, tests))
  await onPostgres(name, tests)
}

/** Runs tests on a PostgreSQL server only, with a fresh database: for what the embedded store has not. */
export async function onPostgres(name: string, tests: () => void): Promise<void> {
  const server = await askForServer()
  if (server.url === null) describe.skip(`${name} (PostgreSQL, skipped: ${server.reason})`, tests)
  else describe(`${name} (PostgreSQL)`, () => onDatabase(() => postgresDatabase(server.url), tests))
}

function onDatabase(open: () => Promise<TestDatabase>, tests: () => void): void {
  let database: TestDatabase | null = null
  beforeAll(async () => {
    database = await open()
  })
  afterAll(() => database?.close())
  tests()
}

/** A PostgreSQL server to test on, or the reason why there is none. */
export type ServerAnswer = { url: string } | { url: null; reason: string }

/** Asks for the PostgreSQL server of this test run, which is started at the first question. */
export async function askForServer(): Promise<ServerAnswer> {
  const response = await fetch(inject('postgresDesk'))
  return (await response.json()) as ServerAnswer
}

async function postgresDatabase(serverUrl: string): Promise<TestDatabase> {
  const { url, drop } = await newPostgres(serverUrl)
  const database = adopt(await openDatabase({ dataDir: null, databaseUrl: url }))
  const close = async () => {
    await database.close()
    await drop()
  }
  return { client: database.client, close }
}
