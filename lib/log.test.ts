import { expect, test } from 'vitest'
import { eachStore } from '@/prisma/testing/each-store.ts'
import { createAgenda } from '@/prisma/testing/factories.ts'
import { db } from './db.ts'
import { loggable, withoutTokens } from './log.ts'

const secret = 'Kanariefuglen'

async function failure(work: () => Promise<unknown>): Promise<unknown> {
  return work().then(
    () => {
      throw new Error('It did not fail')
    },
    (error: unknown) => error,
  )
}

test.each([
  [
    'state mismatch, expected 3RcWSGy_0DRPIBte-aLZqTUwDqK2, got: hVZrV1Fz4sXbU5YGmY6j',
    'state mismatch, expected …, got: …',
  ],
  [
    'bad token eyJhbGciOiJSUzI1NiIsInR5cCI6.eyJzdWIiOiIxMjM0NTY3ODkwIn0.c2lnbmF0dXJlLW9mLWl0',
    'bad token ….….…',
  ],
  ['getaddrinfo ENOTFOUND login.kkr-midtjylland.dk', 'getaddrinfo ENOTFOUND login.kkr-midtjylland.dk'],
  ['connect ECONNREFUSED 127.0.0.1:8443', 'connect ECONNREFUSED 127.0.0.1:8443'],
])('a message is logged without tokens: %s', (message, logged) => {
  expect(withoutTokens(message)).toBe(logged)
})

test('our own errors are logged with message, code and place', () => {
  const error = Object.assign(new TypeError('A fault'), { code: 'E_FAULT', cause: new Error(secret) })
  const said = loggable(error)
  expect(said).toMatchObject({ name: 'TypeError', message: 'A fault', code: 'E_FAULT' })
  expect(JSON.stringify(said.at)).toContain('log.test.ts')
  expect(JSON.stringify(said)).not.toContain(secret)
  expect(loggable(secret)).toEqual({ name: 'string' })
})

await eachStore('what the log says of a database error', () => {
  test('names the error and where, and quotes no words', async () => {
    const { item } = await createAgenda()
    const update = (title: string) => db().item.update({ where: { id: item.id }, data: { title } })
    const faults = [
      () => update(`${secret}\0`),
      () => db().item.create({ data: { ...item, title: secret } as never }),
      () => db().$queryRaw`UPDATE "Item" SET "title" = ${secret}, "meetingId" = NULL WHERE "id" = ${item.id}`,
      () => db().$queryRaw`SELECT ${secret}::int`,
    ]
    for (const fault of faults) {
      const said = loggable(await failure(fault))
      expect(said).toMatchObject({ name: expect.stringMatching(/./), at: expect.any(Array) })
      expect(JSON.stringify(said)).not.toContain(secret)
    }
  })
})
