import { describe, expect, it } from 'vitest'
import { type ItemFacts, type Role, roles } from '@/lib/identity/rules.ts'
import {
  canAsk,
  canReadThread,
  canReadWords,
  canReply,
  canResolve,
  canShare,
  canTriage,
  narrowerScopes,
  offeredScopes,
  type Reader,
  unreadCount,
  wasClosed,
} from './rules.ts'
import { type Scope, scopes } from './scopes.ts'

const shared: ItemFacts = { id: 'item', phase: 'shared', visibility: 'open' }
const reader = (role: Role | null, group: string | null = null, userId = 'reader'): Reader => ({
  userId,
  subject: role && { role, readsClosed: false, recusedFrom: [] },
  politicalGroup: group,
  groupsAreOpen: false,
})
const thread = (scope: Scope, group: string | null = null, createdById = 'author') => ({
  scope,
  group,
  createdById,
  sharedAt: null,
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

describe('threads of political groups', () => {
  it('are read by the secretariat only where the body says so, and by no other role', () => {
    for (const role of roles) {
      const someone = { ...reader(role), groupsAreOpen: true }
      expect(canReadThread(someone, thread('group', 'A'), shared)).toBe(role === 'secretariat')
      expect(canReadThread(someone, thread('private'), shared)).toBe(false)
    }
  })
})

describe('narrowing a thread', () => {
  const mine = (scope: Scope, comments = 1, kind: 'comment' | 'question' = 'comment') => ({
    ...thread(scope, 'A', 'reader'),
    kind,
    comments: Array.from({ length: comments }, () => ({ userId: 'x' })),
  })
  it.each([
    ['body', 'A', ['leadership', 'group', 'private']],
    ['body', null, ['leadership', 'private']],
    ['leadership', 'A', ['private']],
    ['group', 'A', ['private']],
    ['private', 'A', []],
  ] as const)('from %s in group %s to %j', (scope, group, to) => {
    expect(narrowerScopes(reader('member', group), mine(scope), shared)).toEqual(to)
  })
  it('is the author’s alone, before any answer, and not of a question', () => {
    expect(narrowerScopes(reader('member', 'A', 'other'), mine('body'), shared)).toEqual([])
    expect(narrowerScopes(reader('member', 'A'), mine('body', 2), shared)).toEqual([])
    expect(narrowerScopes(reader('member', 'A'), mine('leadership', 1, 'question'), shared)).toEqual([])
    const closed: ItemFacts = { id: 'item', phase: 'shared', visibility: 'closed' }
    expect(narrowerScopes(reader('member', 'A'), mine('body'), closed)).toEqual([])
  })
  it('never shows a thread to somebody who could not read it before', () => {
    const everyone = roles.flatMap((role) =>
      [null, 'A', 'B'].flatMap((group) =>
        [true, false].map((groupsAreOpen) => ({ ...reader(role, group), groupsAreOpen })),
      ),
    )
    for (const scope of scopes) {
      const author = reader('member', 'A', 'author')
      const before = { ...mine(scope), createdById: 'author' }
      for (const to of narrowerScopes(author, before, shared)) {
        for (const someone of everyone) {
          const after = { ...before, scope: to, group: to === 'group' ? 'A' : null }
          if (canReadThread(someone, after, shared)) expect(canReadThread(someone, before, shared)).toBe(true)
        }
      }
    }
  })
})

describe('questions and the secretariat’s work', () => {
  const question = (answeredBy: string | null, sharedAt: Date | null = null) => ({
    ...thread('leadership'),
    kind: 'question' as const,
    sharedAt,
    comments: [{ userId: 'author', deletedAt: null }].concat(
      answeredBy ? [{ userId: answeredBy, deletedAt: null }] : [],
    ),
  })
  it('are put by all who comment but the secretariat itself', () => {
    const asks = roles.filter((role) => canAsk(reader(role), shared))
    expect(asks).toEqual(['chair', 'member', 'substitute'])
  })
  it('are shown to all once they are answered, by the secretariat', () => {
    const shares = roles.filter((role) => canShare(reader(role), question('jhp'), shared))
    expect(shares).toEqual(['secretariat'])
    expect(canShare(reader('secretariat'), question(null), shared)).toBe(false)
    expect(canShare(reader('secretariat'), { ...question('jhp'), kind: 'comment' }, shared)).toBe(false)
  })
  it('are then read by all who may read the item, who neither answer nor settle them', () => {
    const told = question('jhp', new Date())
    const reads = roles.filter((role) => canReadThread(reader(role), told, shared))
    expect(reads).toEqual(['secretariat', 'chair', 'member', 'substitute', 'observer'])
    expect(roles.filter((role) => canReply(reader(role), told, shared))).toEqual(['secretariat', 'chair'])
    expect(canReadThread(reader('member'), told, { ...shared, visibility: 'closed' })).toBe(false)
  })
  it('dealing with threads is the secretariat’s, of those it may read', () => {
    const triages = (scope: Scope) =>
      roles.filter((role) => canTriage(reader(role, null, 'author'), thread(scope, 'A'), shared))
    expect(scopes.map(triages)).toEqual([['secretariat'], ['secretariat'], ['secretariat'], []])
    expect(canTriage(reader('secretariat'), thread('group', 'A'), shared)).toBe(false)
  })
})

it('counts what others wrote since one read', () => {
  const at = (minute: number, userId: string, deletedAt: Date | null = null) => ({
    userId,
    deletedAt,
    createdAt: new Date(2026, 1, 1, 8, minute),
  })
  const comments = [at(1, 'a'), at(2, 'b'), at(3, 'a', new Date()), at(4, 'a')]
  const count = (userId: string, minute: number | null) =>
    unreadCount(comments, { userId, readAt: minute === null ? null : new Date(2026, 1, 1, 8, minute) })
  expect([count('b', null), count('b', 1), count('b', 4), count('a', null), count('c', 2)]).toEqual([
    2, 1, 0, 1, 1,
  ])
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
