import { describe, expect, it } from 'vitest'
import { stageOf, waitingFor } from './rules.ts'

describe('stageOf', () => {
  it.each([
    ['preparing', false, 'draft'],
    ['preparing', true, 'review'],
    ['dispatched', true, 'dispatched'],
    ['held', true, 'meeting'],
    ['recorded', true, 'minutes'],
  ])('%s, submitted %s → %s', (state, anySubmitted, stage) => {
    expect(stageOf({ state, anySubmitted })).toBe(stage)
  })
})

describe('waitingFor', () => {
  const facts = { readable: 4, drafts: 3, asked: 2, unanswered: 1, unread: 5 }
  const nothing = { approve: 0, answer: 0, send: 0, read: false, unread: 5 }
  it.each([
    // role, state, what waits
    ['secretariat', 'preparing', { ...nothing, answer: 1, send: 3 }],
    ['secretariat', 'dispatched', { ...nothing, answer: 1 }],
    ['secretariat', 'held', { ...nothing, answer: 1 }],
    ['chair', 'preparing', { ...nothing, approve: 2 }],
    ['chair', 'dispatched', { ...nothing, approve: 2 }],
    ['member', 'preparing', { ...nothing, read: true }],
    ['substitute', 'dispatched', { ...nothing, read: true }],
    ['observer', 'preparing', { ...nothing, read: true }],
  ] as const)('%s, %s: %o', (role, state, expected) => {
    expect(waitingFor({ ...facts, role, state })).toEqual(expected)
  })

  it('asks nobody to read what is not there to read', () => {
    expect(waitingFor({ ...facts, readable: 0, role: 'member', state: 'preparing' })).toEqual(nothing)
  })
})
