import { describe, expect, it } from 'vitest'
import { type Role, roles } from '@/lib/identity/rules.ts'
import {
  byItem,
  canTake,
  overseesComments,
  passes,
  takenScopes,
  threadFilters,
  threadState,
  threadStates,
} from './overview.ts'
import type { Scope, ThreadView } from './schema.ts'

const person = (role: Role, politicalGroup: string | null = null, groupsAreOpen = false) => ({
  userId: 'p',
  subject: { role, readsClosed: true, recusedFrom: [] },
  politicalGroup,
  groupsAreOpen,
})

describe('who works through all comments', () => {
  it.each(roles)('%s', (role) => {
    expect(overseesComments({ role, readsClosed: true, recusedFrom: [] })).toBe(role === 'secretariat')
  })
  it('not the public', () => expect(overseesComments(null)).toBe(false))
})

describe('which scopes a person can be given', () => {
  it.each<[string, ReturnType<typeof person>, string | null, Scope[]]>([
    ['the secretariat', person('secretariat'), null, ['body', 'leadership']],
    ['of no group, for who reads V', person('secretariat'), 'V', ['body', 'leadership']],
    ['of the same group', person('secretariat', 'V'), 'V', ['body', 'leadership', 'group']],
    ['where groups are open', person('secretariat', null, true), null, ['body', 'leadership', 'group']],
    ['a chair', person('chair', 'V', true), 'V', []],
    ['a member', person('member'), null, []],
  ])('%s', (_, reader, group, expected) => {
    expect(takenScopes(reader, group)).toEqual(expected)
  })
})

it('nobody is given what is not theirs to read', () => {
  const taker = { userId: 'u', name: 'N', initials: 'n', scopes: ['body' as const], recusedFrom: ['i2'] }
  expect(canTake(taker, { scope: 'body', itemId: 'i1' })).toBe(true)
  expect(canTake(taker, { scope: 'body', itemId: 'i2' })).toBe(false)
  expect(canTake(taker, { scope: 'group', itemId: 'i1' })).toBe(false)
})

const word = (userId: string | null, at: string, { text = 'x' as string | null, mine = false } = {}) => ({
  userId,
  text,
  mine,
  at: `2019-09-0${at}T10:00:00.000Z`,
})
const state = (comments: ReturnType<typeof word>[], given: object = {}) =>
  threadState(
    { resolvedAt: null, handledAt: null, comments, ...given } as unknown as ThreadView,
    new Set(['us', 'me']),
  )

describe('how far a conversation has come', () => {
  const asked = word('member', '1')
  const handled = { handledAt: '2019-09-03T10:00:00.000Z' }
  const resolved = { resolvedAt: '2019-09-03T10:00:00.000Z' }
  it.each([
    ['asked', [asked], {}, 'unanswered'],
    ['asked without a name', [word(null, '1')], {}, 'unanswered'],
    ['begun by us', [word('us', '1')], {}, 'open'],
    ['answered by us', [asked, word('us', '2')], {}, 'open'],
    ['answered by who has left us, and reads it', [asked, word('gone', '2', { mine: true })], {}, 'open'],
    ['answered by another member', [asked, word('red', '2')], {}, 'unanswered'],
    ['asked again', [asked, word('us', '2'), word('member', '3')], {}, 'unanswered'],
    ['our answer deleted', [asked, word('us', '2', { text: null })], {}, 'unanswered'],
    ['dealt with unanswered', [asked], handled, 'handled'],
    ['dealt with, then answered by us', [asked, word('us', '4')], handled, 'handled'],
    ['dealt with, then asked again', [asked, word('member', '4')], handled, 'unanswered'],
    ['resolved', [asked], resolved, 'resolved'],
    ['resolved and dealt with', [asked], { ...handled, ...resolved }, 'resolved'],
  ] as const)('%s: %#', (_, comments, given, expected) => {
    expect(state([...comments], given)).toBe(expected)
  })
})

it('each filter shows its states', () => {
  expect(threadFilters.map((filter) => [filter, threadStates.filter((one) => passes(filter, one))])).toEqual([
    ['unanswered', ['unanswered']],
    ['open', ['unanswered', 'open']],
    ['handled', ['handled']],
    ['resolved', ['resolved']],
    ['all', ['unanswered', 'open', 'handled', 'resolved']],
  ])
})

it('items stand in order with their conversations, and not without', () => {
  const item = (id: string) => ({ id, number: id, title: id, isClosed: false })
  const groups = byItem(
    [item('1'), item('2'), item('3')],
    [{ itemId: '3' }, { itemId: '1' }, { itemId: '3' }],
  )
  expect(groups.map((group) => [group.item.id, group.threads.length])).toEqual([
    ['1', 1],
    ['3', 2],
  ])
})
