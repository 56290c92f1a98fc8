import { describe, expect, it } from 'vitest'
import { toItem, toProse } from './content.ts'
import type { ItemText } from './schema.ts'

const item: ItemText = {
  title: 'Referat',
  caseNumber: 'SAG-1',
  caseworkers: ['jhp'],
  background: [{ paragraph: 'Der er flere; her står det, og alt kan ses her.' }],
  recommendation: [{ paragraph: 'Det indstilles, at rådet drøfter sagen.' }],
  presentation: null,
  annexes: [],
  links: [],
}

describe('toItem', () => {
  it('puts a link on the last place its word stands as a whole word', () => {
    const { content, annexes } = toItem({ ...item, links: [{ text: 'her', url: 'www.kl.dk/x' }] })
    expect(annexes).toEqual([])
    expect(content.fields.background?.content).toEqual([
      {
        type: 'paragraph',
        content: [
          { type: 'text', text: 'Der er flere; her står det, og alt kan ses ' },
          { type: 'text', text: 'her', marks: [{ type: 'link', attrs: { href: 'https://www.kl.dk/x' } }] },
          { type: 'text', text: '.' },
        ],
      },
    ])
  })

  it.each([
    [
      'a word that stands nowhere',
      { text: 'dér', url: 'https://kl.dk/' },
      { title: 'dér', url: 'https://kl.dk/' },
    ],
    ['no word', { text: null, url: 'https://kl.dk/' }, { title: 'https://kl.dk/', url: 'https://kl.dk/' }],
    [
      'an address we do not follow',
      { text: 'her', url: 'ftp://kl.dk' },
      { title: 'her (ftp://kl.dk)', url: null },
    ],
  ])('keeps a link with %s as an annex', (_, link, annex) => {
    expect(toItem({ ...item, links: [link] }).annexes).toEqual([annex])
  })

  it('proposes the kind from the recommendation and leaves absent fields absent', () => {
    const { content } = toItem(item)
    expect(content.kind).toBe('discussion')
    expect(content.fields.presentation).toBeNull()
    expect(content.fields.decision).toBeNull()
  })
})

describe('toProse', () => {
  it('turns each kind of block into its node', () => {
    const prose = toProse([{ heading: 'H' }, { paragraph: 'P' }, { bullets: ['a', 'b'] }, { numbers: ['1'] }])
    expect(prose?.content.map((block) => block.type)).toEqual([
      'heading',
      'paragraph',
      'bulletList',
      'orderedList',
    ])
  })
})
