import { Writable } from 'node:stream'
import { setImmediate as nextTurn } from 'node:timers/promises'
import { expect, test } from 'vitest'
import { Frame } from './frame.ts'
import { Outbox } from './outbox.ts'

/** A socket whose writes are remembered; the network takes one only when it is let to. */
function socket() {
  const writes: number[][] = []
  let release: (() => void) | null = null
  let isOpen = true
  const stream = new Writable({
    highWaterMark: 4,
    write(chunk: Buffer, _encoding, done) {
      writes.push([...chunk])
      if (isOpen) done()
      else release = done
    },
  })
  return {
    outbox: new Outbox(stream),
    writes,
    jam: () => {
      isOpen = false
    },
    drain: () => {
      isOpen = true
      release?.()
    },
  }
}

const frame = (byte: number) => new Frame(Uint8Array.of(byte))
const bytes = (...content: number[]) => content.flatMap((byte) => [0x82, 1, byte])

test('all frames of one turn are one write', async () => {
  const { outbox, writes } = socket()
  outbox.add(frame(1))
  outbox.add(frame(2))
  expect(writes).toEqual([])
  await nextTurn()
  expect(writes).toEqual([bytes(1, 2)])
})

test('a network that takes nothing more is written to again when it does, once', async () => {
  const { outbox, writes, jam, drain } = socket()
  jam()
  outbox.add(frame(1))
  outbox.add(frame(2))
  await nextTurn()
  outbox.add(frame(3))
  await nextTurn()
  outbox.add(frame(4))
  await nextTurn()
  expect(writes).toEqual([bytes(1, 2)])
  expect(outbox.waiting).toBe(bytes(1, 2, 3, 4).length)
  drain()
  await nextTurn()
  expect(writes).toEqual([bytes(1, 2), bytes(3, 4)])
})
