import { describe, expect, it, test } from 'vitest'
import type { CommentView, ThreadView } from '@/lib/comments/schema.ts'
import { countByItem, filterThreads, noFilter, peopleIn, type ThreadFilter } from './thread-filter.ts'

function comment(userId: string | null, name: string, mine = false): CommentView {
  const shared = { text: 'Hvorfor?', mentions: [], at: '2026-11-01T10:00:00Z', editedAt: null, earlier: [] }
  return { id: name, userId, name, initials: name.slice(0, 2), mine, ...shared }
}

function thread(id: string, more: Partial<ThreadView>): ThreadView {
  return {
    id,
    itemId: 'item',
    kind: 'comment',
    scope: 'body',
    group: null,
    shared: false,
    field: null,
    anchor: null,
    place: null,
    detached: false,
    quote: '',
    context: { before: '', after: '' },
    resolvedAt: null,
    resolvedBy: null,
    answer: null,
    assignee: null,
    handledAt: null,
    unread: 0,
    comments: [],
    may: { reply: true, resolve: true, narrow: [], triage: false, share: false },
    ...more,
  }
}

const threads = [
  thread('mine', { comments: [comment('me', 'Åse', true), comment('bo', 'Bo')], unread: 1 }),
  thread('group', { scope: 'group', comments: [comment('bo', 'Bo')], itemId: 'other', unread: 2 }),
  thread('nameless', { comments: [comment(null, '')] }),
  thread('resolved', {
    resolvedAt: '2026-11-02T10:00:00Z',
    comments: [comment('ærø', 'Ærø')],
    unread: 3,
  }),
]

describe('filterThreads', () => {
  const cases: [string, Partial<ThreadFilter>, string[]][] = [
    ['what is open', {}, ['mine', 'group', 'nameless']],
    ['what is resolved', { state: 'resolved' }, ['resolved']],
    ['what I took part in', { mine: true }, ['mine']],
    ['what has unread comments', { unread: true }, ['mine', 'group']],
    ['resolved with unread comments', { state: 'resolved', unread: true }, ['resolved']],
    ['where a person spoke', { person: 'bo' }, ['mine', 'group']],
    ['one scope', { scope: 'group' }, ['group']],
    ['all of it together', { mine: true, person: 'bo', scope: 'group' }, []],
  ]
  test.each(cases)('%s', (_what, filter, expected) => {
    expect(filterThreads(threads, { ...noFilter, ...filter }).map(({ id }) => id)).toEqual(expected)
  })
})

it('lists who spoke, once each, æ, ø and å last', () => {
  expect(peopleIn(threads).map(({ name }) => name)).toEqual(['Bo', 'Ærø', 'Åse'])
})

it('counts open threads and unread comments by item', () => {
  expect(Object.fromEntries(countByItem(threads))).toEqual({
    item: { open: 2, unread: 4 },
    other: { open: 1, unread: 2 },
  })
})
