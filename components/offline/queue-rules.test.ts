import { describe, expect, test } from 'vitest'
import type { ErrorCode } from '@/lib/errors.ts'
import { codeIn, judge, pauseAfter, type Waiting, withoutQuote } from './queue-rules.ts'

const waiting: Waiting = {
  kind: 'thread',
  input: {
    itemId: 'a',
    scope: 'private',
    text: 'Husk',
    selection: { field: 'background', from: 0, to: 4, quote: 'Ordene' },
    requestId: 'r',
  },
  meetingId: 'm',
  itemId: 'a',
  quote: 'Ordene',
  writtenAt: '2026-11-28T10:00:00Z',
  faults: 0,
  refused: null,
}

describe('what becomes of something that was sent:', () => {
  test.each<[string, number | null, ErrorCode | null, number, object]>([
    ['it arrived', 200, null, 0, { is: 'sent' }],
    ['no answer came, so nobody knows', null, null, 0, { is: 'keep', fault: false }],
    ['no answer came, for the hundredth time', null, null, 4, { is: 'keep', fault: false }],
    ['the session ran out, or it is somebody else’s', 401, 'not-signed-in', 0, { is: 'keep', fault: false }],
    ['too much at once', 429, null, 0, { is: 'keep', fault: false }],
    ['it took too long', 408, null, 0, { is: 'keep', fault: false }],
    ['a proxy without a server', 502, null, 0, { is: 'keep', fault: false }],
    ['the pages are being started', 503, 'pages-away', 4, { is: 'keep', fault: false }],
    ['the store is away', 503, 'store-unavailable', 0, { is: 'keep', fault: false }],
    ['a proxy that waited', 504, null, 0, { is: 'keep', fault: false }],
    ['a fault of the server', 500, 'unexpected', 0, { is: 'keep', fault: true }],
    ['a fault of the server once more', 500, 'unexpected', 3, { is: 'keep', fault: true }],
    ['a fault that does not go away', 500, 'unexpected', 4, { is: 'refused', code: 'unexpected' }],
    ['the right to the item is lost', 404, 'not-found', 0, { is: 'refused', code: 'not-found' }],
    ['the right to comment is lost', 403, 'forbidden', 0, { is: 'refused', code: 'forbidden' }],
    ['the thread is resolved', 400, 'thread-resolved', 0, { is: 'refused', code: 'thread-resolved' }],
    ['the words have moved', 400, 'anchor-moved', 0, { is: 'refused', code: 'anchor-moved' }],
    ['it is not understood', 400, 'invalid-input', 0, { is: 'refused', code: 'invalid-input' }],
    ['refused without a reason', 413, null, 0, { is: 'refused', code: 'unexpected' }],
  ])('%s', (_, status, code, faults, verdict) => {
    expect(judge(status === null ? null : { status, code }, { faults })).toEqual(verdict)
  })
})

test('only known codes are read out of an answer', () => {
  expect([{ code: 'anchor-moved' }, { code: 'other' }, null, 'text', {}].map(codeIn)).toEqual([
    'anchor-moved',
    null,
    null,
    null,
    null,
  ])
})

test('the pauses grow, to a minute at most', () => {
  expect([0, 1, 2, 5, 50].map(pauseAfter)).toEqual([2000, 4000, 8000, 60_000, 60_000])
})

describe('of an item that may not be read any more', () => {
  test('the words go, and what the person wrote stays with the reason', () => {
    const bare = withoutQuote(waiting, new Set(['b']))
    expect(bare).toMatchObject({ quote: '', refused: 'not-found', input: { text: 'Husk', selection: null } })
    expect(JSON.stringify(bare)).not.toContain('Ordene')
  })
  test('the words go also of what was refused before', () => {
    const bare = withoutQuote({ ...waiting, refused: 'anchor-moved' }, new Set())
    expect(bare).toMatchObject({ quote: '', refused: 'anchor-moved' })
    expect(JSON.stringify(bare)).not.toContain('Ordene')
  })
  test('an answer loses the words of its thread', () => {
    const answer: Waiting = {
      ...waiting,
      kind: 'reply',
      input: { threadId: 't', text: 'Ja', requestId: 'r' },
    }
    expect(withoutQuote(answer, new Set())).toMatchObject({ quote: '', refused: 'not-found' })
  })
  test('what is bare already, and what may be read, is left alone', () => {
    expect(withoutQuote(waiting, new Set(['a']))).toBeNull()
    const bare = withoutQuote(waiting, new Set())
    expect(bare && withoutQuote(bare, new Set())).toBeNull()
  })
})
