import { describe, expect, it } from 'vitest'
import type { AgendaView, ItemView } from '@/lib/agenda/schema.ts'
import {
  itemsOf,
  movingItem,
  movingSection,
  placeBeside,
  removingItem,
  removingSection,
  renamingSection,
  renumber,
} from './arrangement.ts'

function item(id: string): ItemView {
  return {
    id,
    number: '',
    frozenNumber: null,
    lateReason: null,
    title: id,
    visibility: 'open',
    publicTitle: null,
    closedReason: null,
    generation: 1,
    submittedAt: null,
    content: null,
    contentHash: null,
    contentAt: null,
    annexes: [],
    may: { write: true, submit: true, approve: false, comment: true, moderate: true, arrange: true },
  }
}

function agenda(...sections: string[][]): AgendaView {
  return renumber({
    meeting: {
      id: 'm',
      startsAt: '2019-09-13T07:30:00Z',
      place: 'Viborg',
      state: 'preparing',
      revision: null,
      editionCount: 0,
      lastSection: 0,
    },
    body: { id: 'b', slug: 'b', name: 'B' },
    preface: null,
    sections: sections.map((items, at) => ({
      id: `s${at + 1}`,
      number: '',
      frozenNumber: null,
      lastItem: 0,
      title: '',
      items: items.map((id) => item(id)),
    })),
    may: { arrange: true, import: true, openWorkspace: true, approve: false, dispatch: true },
  })
}

function layout(view: AgendaView): string {
  return view.sections
    .map((section) => `${section.id}:${section.items.map((one) => `${one.number}${one.id}`).join(',')}`)
    .join(' ')
}

describe('changes on the screen', () => {
  const start = agenda(['a', 'b'], [], ['c'])

  it.each([
    ['moves within a section', movingItem('a', 's1', 1), 's1:1.1b,1.2a s2: s3:3.1c'],
    ['moves into an empty section', movingItem('a', 's2', 0), 's1:1.1b s2:2.1a s3:3.1c'],
    ['moves past the end', movingItem('a', 's3', 99), 's1:1.1b s2: s3:3.1c,3.2a'],
    ['moves a section with its items', movingSection('s3', 0), 's3:1.1c s1:2.1a,2.2b s2:'],
    ['takes an item out', removingItem('a'), 's1:1.1b s2: s3:3.1c'],
    ['takes a section out', removingSection('s1'), 's2: s3:2.1c'],
    ['leaves an unknown item alone', movingItem('x', 's1', 0), 's1:1.1a,1.2b s2: s3:3.1c'],
    ['leaves an unknown section alone', movingSection('x', 0), 's1:1.1a,1.2b s2: s3:3.1c'],
  ])('%s, and twice is the same as once', (_, change, expected) => {
    expect(layout(change(start))).toBe(expected)
    expect(layout(change(change(start)))).toBe(expected)
  })

  it('renames and keeps the rest', () => {
    const renamed = renamingSection('s2', 'KKR')(start)
    expect(renamed.sections.map((section) => section.title)).toEqual(['', 'KKR', ''])
    expect(itemsOf(renamed)).toHaveLength(3)
  })

  it('walks over section borders, and stops at the ends', () => {
    expect(placeBeside(start, 'b', -1)).toEqual({ sectionId: 's1', at: 0 })
    expect(placeBeside(start, 'b', 1)).toEqual({ sectionId: 's2', at: 0 })
    expect(placeBeside(start, 'c', -1)).toEqual({ sectionId: 's2', at: 0 })
    expect(placeBeside(start, 'a', -1)).toBeNull()
    expect(placeBeside(start, 'c', 1)).toBeNull()
  })
})
