import { describe, expect, test } from 'vitest'
import { emptyContent } from '@/lib/agenda/doc.ts'
import type { ItemView } from '@/lib/agenda/schema.ts'
import type { ThreadView } from '@/lib/comments/schema.ts'
import { fateOf, heldItems, isAlive, type KeptCopy, withoutLost } from './copy-rules.ts'

test.each([
  [200, 'fresh'],
  [304, 'holds'],
  [401, 'lost'],
  [403, 'lost'],
  [404, 'lost'],
  [500, 'unknown'],
  [503, 'unknown'],
  [null, 'unknown'],
])('an answer of %s makes a copy %s', (status, fate) => {
  expect(fateOf(status)).toBe(fate)
})

test('what the server was not asked about for a fortnight is not read', () => {
  const day = 24 * 60 * 60 * 1000
  expect([0, 13, 14, 400].map((days) => isAlive(1000, 1000 + days * day))).toEqual([true, true, false, false])
})

const secret = 'Salg til Hansen'

function item(id: string, title: string): ItemView {
  const may = { write: false, submit: false, approve: false, comment: true, moderate: true, arrange: false }
  return {
    id,
    number: '1.1',
    frozenNumber: '1.1',
    lateReason: title,
    title,
    visibility: 'closed',
    publicTitle: 'Salg af grund',
    closedReason: title,
    generation: 1,
    submittedAt: null,
    content: { ...emptyContent, title },
    contentHash: 'hash',
    contentAt: null,
    annexes: [{ id: 'x', title, url: null, fileName: null, contentType: null, size: null }],
    may,
  }
}

function copy(): KeptCopy {
  const threadOn = (itemId: string, quote: string) => ({ id: quote, itemId, quote }) as ThreadView
  const section = { id: 's', number: '1', frozenNumber: '1', lastItem: 2, title: 'Sager' }
  const change = { number: '1.1', change: 'changed' as const }
  const difference = { fields: [secret] } as unknown as KeptCopy['edition']['changes'][number]['difference']
  return {
    etag: '"a"',
    fetchedAt: '2026-11-28T10:00:00Z',
    leavesOutClosed: false,
    readings: { closed: { contentHash: 'hash of the sale', at: '2026-11-28T10:00:00Z' } },
    edition: {
      agenda: {
        meeting: {
          id: 'm',
          startsAt: '2026-12-01T10:00:00Z',
          place: 'Viborg',
          state: 'dispatched',
          revision: null,
          editionCount: 1,
          lastSection: 1,
        },
        body: { id: 'b', slug: 'b', name: 'Rådet' },
        preface: null,
        sections: [{ ...section, items: [item('open', 'Budget'), item('closed', secret)] }],
        may: { arrange: false, import: false, openWorkspace: false, approve: false, dispatch: false },
      },
      number: null,
      editions: [],
      hash: 'h',
      reason: null,
      changes: [
        { ...change, itemId: 'open', title: 'Budget', difference: null },
        { ...change, itemId: 'closed', title: secret, difference },
      ],
    },
    threads: { threads: [threadOn('open', 'Ord'), threadOn('closed', secret)], scopes: [], mayAsk: false },
  }
}

describe('an item that may not be read any more', () => {
  test('leaves no word in the copy, and the others stay', () => {
    const pruned = withoutLost(copy(), new Set(['open']))
    expect(JSON.stringify(pruned)).not.toContain(secret)
    expect(JSON.stringify(pruned)).toContain('Budget')
    expect(pruned && heldItems(pruned)).toEqual(['open'])
    expect(pruned?.threads.threads.map(({ itemId }) => itemId)).toEqual(['open'])
    expect(pruned?.edition.agenda.sections[0]?.items[1]).toMatchObject({
      title: 'Salg af grund',
      content: null,
      may: { comment: false },
    })
    expect(JSON.stringify(pruned)).not.toContain('hash of the sale')
    expect(pruned?.etag).toBe('')
  })
  test('that was not held changes nothing', () => {
    expect(withoutLost(copy(), new Set(['open', 'closed', 'new']))).toBeNull()
  })
})
