import { expect, test } from 'vitest'
import type { MeetingStatus } from './connection.ts'
import { watchRoom } from './watch-room.ts'

function told(...statuses: MeetingStatus[]): string[] {
  let now: MeetingStatus = 'connecting'
  let listener = () => {}
  const events: string[] = []
  const room = {
    status: () => now,
    subscribe: (given: () => void) => {
      listener = given
      return () => {}
    },
  }
  watchRoom(room, {
    onReconnected: () => events.push('back'),
    onRefused: () => events.push('refused'),
  })
  for (const status of statuses) {
    now = status
    listener()
  }
  return events
}

test('the first connection is no return, the next is', () => {
  expect(told('connected')).toEqual([])
  expect(told('connected', 'connecting', 'connected')).toEqual(['back'])
})

test('a refusal is told, at once or later', () => {
  expect(told('refused')).toEqual(['refused'])
  expect(told('connected', 'connecting', 'refused')).toEqual(['refused'])
})
