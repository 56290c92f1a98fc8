import { expect, test } from 'vitest'
import {
  ClientReader,
  readAnswer,
  type Sent,
  UnsharableError,
  writeGreeting,
  writeQuery,
  writeSync,
} from './wire.ts'

const message = (tag: string, body = '') => {
  const bytes = Buffer.from(`${tag}\0\0\0\0${body}`, 'latin1')
  bytes.writeInt32BE(bytes.length - 1, 1)
  return bytes
}
const parse = (name = '') => message('P', `${name}\0select 1\0\0\0`)
const cycle = Buffer.concat([parse(), message('B', '\0\0'), message('E', '\0\0\0\0\0'), writeSync()])
const request = (code: number) => {
  const bytes = Buffer.alloc(8)
  bytes.writeInt32BE(8)
  bytes.writeInt32BE(code, 4)
  return bytes
}
const turn = (bytes: Uint8Array, listens = false): Sent => ({
  kind: 'turn',
  bytes: Buffer.from(bytes),
  listens,
})
const greeting: Sent = { kind: 'greeting' }

test.each<[string, Uint8Array[], Sent[]]>([
  [
    'asks for encryption, twice, and greets',
    [request(80_877_103), request(80_877_104), writeGreeting('a')],
    [{ kind: 'encryption' }, { kind: 'encryption' }, greeting],
  ],
  ['asks to cancel', [request(80_877_102)], [{ kind: 'goodbye' }]],
  [
    'greets and queries',
    [writeGreeting('a'), writeQuery('select 1')],
    [greeting, turn(writeQuery('select 1'))],
  ],
  ['parses, binds, executes and syncs', [writeGreeting('a'), cycle], [greeting, turn(cycle)]],
  [
    'queries twice',
    [writeGreeting('a'), cycle, writeQuery('x')],
    [greeting, turn(cycle), turn(writeQuery('x'))],
  ],
  [
    'flushes before it syncs',
    [writeGreeting('a'), parse(), message('H'), writeSync()],
    [greeting, turn(Buffer.concat([parse(), message('H')])), turn(writeSync())],
  ],
  [
    'listens',
    [writeGreeting('a'), writeQuery('LISTEN here')],
    [greeting, turn(writeQuery('LISTEN here'), true)],
  ],
  ['says goodbye', [writeGreeting('a'), message('X')], [greeting, { kind: 'goodbye' }]],
])('a client that %s is read alike whole and byte by byte', (_, messages, sent) => {
  const bytes = Buffer.concat(messages)
  expect(new ClientReader().read(bytes)).toEqual(sent)
  const slow = new ClientReader()
  expect([...bytes].flatMap((byte) => slow.read(Uint8Array.of(byte)))).toEqual(sent)
})

test('a named statement is refused: another client could run it, or replace it', () => {
  const reader = new ClientReader()
  reader.read(writeGreeting('a'))
  expect(() => reader.read(parse('mine'))).toThrow(UnsharableError)
})

const row = message('D', 'row')
const told = message('A', '\0\0\0\u0001here\0said\0')
test.each<[string, Buffer[], { own: Buffer[]; notifications: Buffer[]; isFree: boolean }]>([
  [
    'ends outside a transaction',
    [row, message('Z', 'I')],
    { own: [row, message('Z', 'I')], notifications: [], isFree: true },
  ],
  [
    'ends within a transaction',
    [row, message('Z', 'T')],
    { own: [row, message('Z', 'T')], notifications: [], isFree: false },
  ],
  [
    'ends within a failed one',
    [message('Z', 'E')],
    { own: [message('Z', 'E')], notifications: [], isFree: false },
  ],
  ['is not finished', [row], { own: [row], notifications: [], isFree: false }],
  [
    'ends twice',
    [message('Z', 'T'), message('Z', 'I')],
    { own: [message('Z', 'T'), message('Z', 'I')], notifications: [], isFree: true },
  ],
  [
    'has notifications in it',
    [row, told, message('Z', 'I'), told],
    { own: [row, message('Z', 'I')], notifications: [told, told], isFree: true },
  ],
])('an answer that %s', (_, messages, { own, notifications, isFree }) => {
  expect(readAnswer(Buffer.concat(messages))).toEqual({ own: Buffer.concat(own), notifications, isFree })
})
