import { describe, expect, it } from 'vitest'
import { type ItemFacts, type Role, roles } from '@/lib/identity/rules.ts'
import {
  canReadThread,
  canReadWords,
  canReply,
  canResolve,
  offeredScopes,
  type Reader,
  wasClosed,
} from './rules.ts'
import { type Scope, scopes } from './schema.ts'

const shared: ItemFacts = { phase: 'shared', visibility: 'open' }
const reader = (role: Role | null, group: string | null = null, userId = 'reader'): Reader => ({
  userId,
  subject: role && { role, readsClosed: false },
  politicalGroup: group,
})
const thread = (scope: Scope, group: string | null = null, createdById = 'author') => ({
  scope,
  group,
  createdById,
})

describe('who may read a thread of somebody else on a shared open item', () => {
  const table: Record<Role | 'public', Scope[]> = {
    secretariat: ['body', 'leadership'],
    chair: ['body', 'leadership'],
    member: ['body'],
    substitute: ['body'],
    observer: ['body'],
    administrator: [],
    public: [],
  }
  it.each([...roles, 'public'] as const)('%s', (role) => {
    const someone = reader(role === 'public' ? null : role)
    const readable = scopes.filter((scope) => canReadThread(someone, thread(scope, 'A'), shared))
    expect(readable).toEqual(table[role])
  })

  it('a group thread is for that group, whatever the role', () => {
    expect(canReadThread(reader('member', 'A'), thread('group', 'A'), shared)).toBe(true)
    expect(canReadThread(reader('chair', 'A'), thread('group', 'A'), shared)).toBe(true)
    expect(canReadThread(reader('member', 'B'), thread('group', 'A'), shared)).toBe(false)
    expect(canReadThread(reader('secretariat', null), thread('group', null), shared)).toBe(false)
  })

  it('its author reads it, but only while they may read the item', () => {
    for (const scope of scopes) {
      const mine = thread(scope, null, 'reader')
      expect(canReadThread(reader('member'), mine, shared)).toBe(true)
      expect(canReadThread(reader('member'), mine, { ...shared, visibility: 'closed' })).toBe(false)
      expect(canReadThread(reader(null), mine, shared)).toBe(false)
    }
  })
})

describe('who may answer and settle', () => {
  it('needs the right to comment', () => {
    expect(canReply(reader('member'), thread('body'), shared)).toBe(true)
    expect(canReply(reader('observer'), thread('body'), shared)).toBe(false)
    expect(canReply(reader('member'), thread('leadership'), shared)).toBe(false)
  })

  it('settling is for the author and for moderators who may read it', () => {
    expect(canResolve(reader('member'), thread('body'), shared)).toBe(false)
    expect(canResolve(reader('member'), thread('body', null, 'reader'), shared)).toBe(true)
    expect(canResolve(reader('secretariat'), thread('leadership'), shared)).toBe(true)
    expect(canResolve(reader('secretariat'), thread('private'), shared)).toBe(false)
  })

  it('offers the group only to who has one', () => {
    expect(offeredScopes(null)).toEqual(['body', 'leadership', 'private'])
    expect(offeredScopes('A')).toEqual(['body', 'leadership', 'group', 'private'])
  })
})

describe('words written while an item was closed', () => {
  const day = (date: number) => new Date(Date.UTC(2019, 8, date))
  const changes = [
    { to: 'closed', at: day(2) },
    { to: 'open', at: day(4) },
  ] as const
  it('are told by the time they were written', () => {
    expect([1, 2, 3, 4, 5].map((date) => wasClosed([...changes], day(date)))).toEqual([
      false,
      true,
      true,
      false,
      false,
    ])
    expect(wasClosed([{ to: 'open', at: day(4) }], day(3))).toBe(true)
    expect(wasClosed([], day(3))).toBe(false)
  })
  it('stay with those who may read closed items', () => {
    expect(canReadWords(reader('member'), [...changes], day(3))).toBe(false)
    expect(canReadWords(reader('member'), [...changes], day(5))).toBe(true)
    expect(canReadWords(reader('secretariat'), [...changes], day(3))).toBe(true)
  })
})
