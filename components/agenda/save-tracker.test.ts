import { beforeEach, expect, test } from 'vitest'
import { SaveTracker } from './save-tracker.ts'

const at = new Date('2019-09-13T07:30:00Z')
let told: number
let tracker: SaveTracker

beforeEach(() => {
  told = 0
  tracker = new SaveTracker(() => told++)
  tracker.socketOpened()
  tracker.lineIs('connected')
})

function send(frames: number): void {
  for (let frame = 0; frame < frames; frame++) tracker.frameSent()
}

test('is saved only when as many frames are acknowledged as were sent', () => {
  send(1)
  tracker.wrote()
  send(1)
  tracker.acknowledged(1, at)
  expect(tracker.state).toEqual({ status: 'saving' })
  tracker.acknowledged(2, at)
  expect(tracker.state).toEqual({ status: 'saved', at })
})

test('an acknowledgement that crosses a new edit does not count for it', () => {
  tracker.wrote()
  send(1)
  send(1)
  tracker.wrote()
  tracker.acknowledged(1, at)
  expect(tracker.state.status).toBe('saving')
})

test('a new socket counts anew, and the old words wait for its first acknowledgement', () => {
  tracker.wrote()
  send(3)
  tracker.lineIs('away')
  expect(tracker.state).toEqual({ status: 'offline', waiting: true })
  tracker.socketOpened()
  tracker.lineIs('connected')
  expect(tracker.state).toEqual({ status: 'saving' })
  send(1)
  tracker.acknowledged(1, at)
  expect(tracker.state).toEqual({ status: 'saved', at })
})

test('away with nothing written is offline with nothing waiting', () => {
  tracker.lineIs('away')
  expect(tracker.state).toEqual({ status: 'offline', waiting: false })
})

test('failing saves show until they work, and a refusal for good', () => {
  tracker.failing(true)
  expect(tracker.state).toEqual({ status: 'failing' })
  tracker.failing(false)
  expect(tracker.state).toEqual({ status: 'saved', at: null })
  tracker.refused(4409)
  tracker.lineIs('away')
  expect(tracker.state).toEqual({ status: 'refused', code: 4409 })
})

test('tells of changes only, and gives the same object between them', () => {
  const before = tracker.state
  tracker.lineIs('connected')
  tracker.acknowledged(0, at)
  expect([told, tracker.state === before]).toEqual([0, true])
  tracker.wrote()
  tracker.wrote()
  expect(told).toBe(1)
})

test('what is written when nothing can be saved any more is told once', () => {
  tracker.refused(4409)
  const before = told
  tracker.wrote()
  tracker.wrote()
  expect([tracker.hasUnsaved, told - before]).toEqual([true, 1])
})
