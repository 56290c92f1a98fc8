import { expect, test } from 'vitest'
import { type Client, Desk } from './desk.ts'

const ready = (status: string) => Buffer.from([0x5a, 0, 0, 0, 5, status.charCodeAt(0)])
const told = Buffer.from([0x41, 0, 0, 0, 4])

/** A session whose turns the test answers one by one. */
class HandSession {
  readonly turns: { said: string; answer: (bytes: Uint8Array) => Promise<void> }[] = []
  readonly run = (turn: Uint8Array): Promise<Uint8Array> =>
    new Promise((resolve) => {
      const answer = async (bytes: Uint8Array) => {
        resolve(bytes)
        for (let turns = 0; turns < 5; turns++) await Promise.resolve()
      }
      this.turns.push({ said: Buffer.from(turn).toString('latin1'), answer })
    })

  said(): string[] {
    return this.turns.map(({ said }) => said)
  }

  async answer(bytes: Uint8Array): Promise<void> {
    await this.turns.at(-1)?.answer(bytes)
  }
}

const person = () => {
  const heard: Buffer[] = []
  const ends: string[] = []
  const client: Client = {
    send: (bytes) => void heard.push(Buffer.from(bytes)),
    end: (why) => void ends.push(why),
  }
  return { client, heard, ends }
}
const turn = (text: string, listens = false) => ({ bytes: Buffer.from(text), listens })

test('turns are taken one at a time in the order they came, and each is answered to its own client', async () => {
  const session = new HandSession()
  const desk = new Desk(session.run, 1000)
  const [a, b] = [person(), person()]
  desk.ask(a.client, turn('a1'))
  desk.ask(b.client, turn('b1'))
  desk.ask(a.client, turn('a2'))
  expect(session.said()).toEqual(['a1'])
  await session.answer(ready('I'))
  await session.answer(ready('I'))
  await session.answer(ready('I'))
  expect(session.said()).toEqual(['a1', 'b1', 'a2'])
  expect([a.heard.length, b.heard.length]).toEqual([2, 1])
})

test('within a transaction the session is one client’s alone', async () => {
  const session = new HandSession()
  const desk = new Desk(session.run, 1000)
  const [a, b] = [person(), person()]
  desk.ask(a.client, turn('begin'))
  desk.ask(b.client, turn('b1'))
  await session.answer(ready('T'))
  expect(session.said()).toEqual(['begin'])
  desk.ask(a.client, turn('commit'))
  await session.answer(ready('I'))
  expect(session.said()).toEqual(['begin', 'commit', 'b1'])
  await session.answer(ready('I'))
})

test.each(['between its turns', 'during a turn'])(
  'a client that goes away within a transaction, %s, is rolled back',
  async (when) => {
    const session = new HandSession()
    const desk = new Desk(session.run, 1000)
    const [a, b] = [person(), person()]
    desk.ask(a.client, turn('begin'))
    await session.answer(ready('T'))
    desk.ask(b.client, turn('b1'))
    if (when === 'during a turn') desk.ask(a.client, turn('update'))
    desk.ask(a.client, turn('commit'))
    if (when === 'between its turns') await session.answer(ready('T'))
    desk.leave(a.client)
    if (when === 'during a turn') await session.answer(ready('T'))
    await session.answer(ready('I'))
    expect(session.said().join(' ')).toMatch(/S.*ROLLBACK\0 b1$/s)
    await session.answer(ready('I'))
    expect(b.heard).toEqual([ready('I')])
  },
)

test('notifications go to all who listen and to nobody else', async () => {
  const session = new HandSession()
  const desk = new Desk(session.run, 1000)
  const [a, b, c] = [person(), person(), person()]
  desk.ask(a.client, turn('listen', true))
  desk.ask(b.client, turn('listen', true))
  desk.ask(c.client, turn('notify'))
  await session.answer(ready('I'))
  await session.answer(ready('I'))
  await session.answer(Buffer.concat([told, ready('I')]))
  expect(a.heard).toEqual([ready('I'), told])
  expect(b.heard).toEqual([ready('I'), told])
  expect(c.heard).toEqual([ready('I')])
})

test('a client that is silent too long within a transaction is ended and rolled back', async () => {
  const session = new HandSession()
  const desk = new Desk(session.run, 5)
  const a = person()
  const rolledBack = new Promise<void>((resolve) => {
    a.client.end = () => resolve()
  })
  desk.ask(a.client, turn('begin'))
  await session.answer(ready('T'))
  await rolledBack
  await Promise.resolve()
  expect(session.said().at(-1)).toContain('ROLLBACK')
  await session.answer(ready('I'))
})
