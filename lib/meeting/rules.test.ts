import { describe, expect, it } from 'vitest'
import { roles } from '@/lib/identity/rules.ts'
import { neededFor, stageOf, waitingFor } from './rules.ts'

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
  const items = [
    { submitted: false, asked: true },
    { submitted: true, asked: false },
    { submitted: true, asked: true },
  ]
  const threads = [
    { resolved: false, lastUserId: 'member', private: false },
    { resolved: false, lastUserId: 'me', private: false },
    { resolved: true, lastUserId: 'member', private: false },
    { resolved: false, lastUserId: 'member', private: true },
  ]
  const facts = { items, threads, state: 'preparing' }

  it('asks a chair for the items in review that wait for them', () => {
    const waiting = waitingFor({ ...facts, userId: 'chair', role: 'chair' })
    expect(waiting).toEqual({ approve: 1, answer: 0, send: 0, read: false })
  })

  it('asks the secretariat to answer others and to send drafts', () => {
    const waiting = waitingFor({ ...facts, userId: 'me', role: 'secretariat' })
    expect(waiting).toEqual({ approve: 0, answer: 1, send: 1, read: false })
  })

  it('asks a member to read, once there is something to read', () => {
    expect(waitingFor({ ...facts, userId: 'm', role: 'member' }).read).toBe(true)
    expect(waitingFor({ ...facts, items: [], userId: 'm', role: 'member' }).read).toBe(false)
  })

  const states = ['preparing', 'dispatched', 'held', 'recorded']
  it.each(roles.flatMap((role) => states.map((state) => [role, state] as const)))(
    'counts the same for %s in %s without what neededFor leaves out, and needs the rest',
    (role, state) => {
      const counted = (reads: { approvals: boolean; threads: boolean }) =>
        waitingFor({
          userId: 'me',
          role,
          state,
          items: reads.approvals ? items : items.map((item) => ({ ...item, asked: false })),
          threads: reads.threads ? threads : [],
        })
      const whole = counted({ approvals: true, threads: true })
      const needs = neededFor(role, state)
      expect(counted(needs)).toEqual(whole)
      if (needs.approvals) expect(counted({ ...needs, approvals: false })).not.toEqual(whole)
      if (needs.threads) expect(counted({ ...needs, threads: false })).not.toEqual(whole)
    },
  )
})
