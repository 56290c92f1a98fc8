import { expect, test } from 'vitest'
import type { Role, Subject } from '@/lib/identity/rules.ts'
import type { NoticeKind } from './schema.ts'
import { type NoticeFacts, sentenceValues, viewNotice } from './view.ts'

const submittedAt = new Date('2026-11-01T10:00:00Z')
const as = (role: Role, readsClosed = true): Subject => ({ role, readsClosed, recusedFrom: [] })
const item = {
  id: 'i',
  title: 'Æblerne på Ærø',
  visibility: 'open' as const,
  submittedAt,
  sentVersionId: null,
  number: '3.2',
}

function facts(kind: NoticeKind, changes: Partial<NoticeFacts> = {}): NoticeFacts {
  return {
    id: 'n',
    kind,
    createdAt: submittedAt,
    readAt: null,
    data: {},
    body: { id: 'b', name: 'Rådet' },
    meeting: { id: 'm', startsAt: submittedAt, state: 'preparing', revision: null, editionCount: 0 },
    item,
    actor: null,
    ...changes,
  }
}

test.each([
  ['an open item the person may read', as('member'), {}, '3.2', item.title],
  ['a closed one, to who may read it', as('secretariat'), { visibility: 'closed' as const }, '3.2', null],
  ['a closed one, to who may not', as('member', false), { visibility: 'closed' as const }, '3.2', null],
  ['a draft, to a member', as('member'), { submittedAt: null }, '3.2', null],
  ['a draft, to the chair', as('chair'), { submittedAt: null }, '3.2', item.title],
  ['one that is deleted', as('chair'), { number: null }, null, null],
])('names %s', (_, subject, changes, number, title) => {
  const view = viewNotice(facts('mentioned', { item: { ...item, ...changes } }), subject)
  expect(view).toMatchObject({ number, title })
})

test('tells nothing to who has no part in the body, nor what a later version wrote', () => {
  expect(viewNotice(facts('mentioned'), null)).toBeNull()
  expect(viewNotice({ ...facts('mentioned'), kind: 'something-new' }, as('chair'))).toBeNull()
})

test.each([
  ['item-submitted', 'chair', '/moeder/m/godkend?punkt=3.2'],
  ['approval-lapsed', 'chair', '/moeder/m/godkend?punkt=3.2'],
  ['comment-answered', 'chair', '/moeder/m#item-i'],
  ['item-returned', 'secretariat', '/moeder/m#item-i'],
  ['comment-answered', 'member', '/moeder/m/laes#item-i'],
  ['agenda-dispatched', 'member', '/moeder/m/laes'],
  ['agenda-dispatched', 'chair', '/moeder/m/laes'],
  ['deadline-near', 'secretariat', '/moeder/m'],
] satisfies [NoticeKind, Role, string][])('%s leads a %s to %s', (kind, role, path) => {
  const about = path.includes('item') || path.includes('punkt') ? {} : { item: null }
  expect(viewNotice(facts(kind, about), as(role))?.path).toBe(path)
})

test('values of a sentence say so where there is nothing to say', () => {
  expect(sentenceValues({ number: null, actor: null, data: {} })).toMatchObject({
    item: 'none',
    actor: 'none',
    number: 'none',
    when: 'today',
  })
  expect(sentenceValues({ number: '1.1', actor: 'Bo', data: { days: -1, number: 2 } })).toMatchObject({
    item: '1.1',
    actor: 'Bo',
    number: '2',
    when: 'past',
  })
})
