import { describe, expect, it } from 'vitest'
import type { Role, Subject } from '@/lib/identity/rules.ts'
import { emptyContent } from './doc.ts'
import { type ViewedAgenda, type ViewedItem, viewAgenda } from './view.ts'

const secret = 'hemmeligt-ord'
const publicTitle = 'Ejendomssag'

function item(id: string, change: Partial<ViewedItem>): ViewedItem {
  return {
    id,
    frozenNumber: null,
    sentVersionId: null,
    lateReason: secret,
    title: secret,
    visibility: 'open',
    publicTitle: null,
    closedReason: null,
    generation: 1,
    submittedAt: new Date(0),
    content: { ...emptyContent, title: secret },
    contentHash: secret,
    contentAt: new Date(0),
    annexes: [{ id: 'x', title: secret, url: null, fileName: null, contentType: null, size: null }],
    ...change,
  }
}

const closed: Partial<ViewedItem> = { visibility: 'closed', publicTitle, closedReason: secret }
const items = [
  item('open', {}),
  item('closed', closed),
  item('draft', { submittedAt: null }),
  item('closed draft', { ...closed, submittedAt: null }),
]

const unsent = { revision: null, editionCount: 0, lastSection: 0 } as const

function see(subject: Subject, meeting: Partial<ViewedAgenda['meeting']> = {}) {
  const agenda = viewAgenda(
    {
      meeting: { id: 'm', startsAt: new Date(0), place: 'Viborg', state: 'preparing', ...unsent, ...meeting },
      body: { id: 'b', slug: 'kkr', name: 'KKR' },
      preface: null,
      sections: [{ id: 's', frozenNumber: null, lastItem: 0, title: 'Sager', items }],
    },
    subject,
  )
  return agenda.sections.flatMap((section) => section.items)
}

const subject = (role: Role, readsClosed: boolean): Subject => ({ role, readsClosed, recusedFrom: [] })

describe('viewAgenda', () => {
  it.each([
    ['secretariat', subject('secretariat', false), ['open', 'closed', 'draft', 'closed draft']],
    ['chair', subject('chair', false), ['open', 'closed', 'draft', 'closed draft']],
    ['a member who reads closed items', subject('member', true), ['open', 'closed']],
    ['a member who does not', subject('member', false), ['open']],
    ['a substitute who does not', subject('substitute', false), ['open']],
    ['an observer, whatever the membership says', subject('observer', true), ['open']],
    ['an administrator', subject('administrator', true), []],
    ['the public', null, []],
  ])('lets %s read exactly what the table says', (_, reader, readable) => {
    const seen = see(reader)
    expect(seen.filter((view) => view.content !== null).map((view) => view.id)).toEqual(readable)
    const unreadable = seen.filter((view) => view.content === null)
    expect(JSON.stringify(unreadable)).not.toContain(secret)
    expect(unreadable.every((view) => Object.values(view.may).every((allowed) => !allowed))).toBe(true)
  })

  it.each([
    ['member', 0],
    ['observer', 0],
    ['chair', 4],
    ['secretariat', 4],
  ] as const)('shows a %s %i items of the working text of an agenda that was sent', (role, count) => {
    for (const revision of [null, 'edition', 'supplement'] as const) {
      const seen = see(subject(role, true), { state: 'dispatched', editionCount: 1, revision })
      expect(seen).toHaveLength(count)
    }
  })

  it('shows the public title of a closed item that was sent to review, and nothing of a draft', () => {
    const titles = see(subject('member', false)).map((view) => [view.number, view.title, view.visibility])
    expect(titles).toEqual([
      ['1.1', secret, 'open'],
      ['1.2', publicTitle, 'closed'],
      ['1.3', '', 'open'],
      ['1.4', '', 'open'],
    ])
  })
})
