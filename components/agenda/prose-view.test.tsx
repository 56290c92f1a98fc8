import { renderToStaticMarkup } from 'react-dom/server'
import { describe, expect, it } from 'vitest'
import { type Block, type Prose, textBlocks } from '@/lib/agenda/prose.ts'
import { ProseView } from './prose-view.tsx'

const p = (text: string): Block => ({ type: 'paragraph', content: [{ type: 'text', text }] })
const doc = (...content: Block[]): Prose => ({ type: 'doc', content })
const html = (prose: Prose, highlights?: Parameters<typeof ProseView>[0]['highlights']) =>
  renderToStaticMarkup(<ProseView prose={prose} field="background" {...(highlights && { highlights })} />)

const everything = doc(
  p('Først'),
  { type: 'heading', attrs: { level: 3 }, content: [{ type: 'text', text: 'Emne' }] },
  {
    type: 'bulletList',
    content: [
      {
        type: 'listItem',
        content: [p('et'), { type: 'orderedList', content: [{ type: 'listItem', content: [p('to')] }] }],
      },
      { type: 'listItem', content: [{ type: 'paragraph' }] },
    ],
  },
  {
    type: 'table',
    content: [
      {
        type: 'tableRow',
        content: [
          { type: 'tableHeader', content: [p('År'), p('Kr.')] },
          { type: 'tableCell', content: [p('2019')] },
        ],
      },
    ],
  },
  {
    type: 'paragraph',
    content: [{ type: 'text', text: 'a' }, { type: 'hardBreak' }, { type: 'text', text: 'b' }],
  },
  p('Sidst'),
)

describe('ProseView', () => {
  it('gives every textblock the offset that textBlocks counts', () => {
    const offsets = [...html(everything).matchAll(/data-offset="(\d+)"/g)].map((match) => Number(match[1]))
    expect(offsets).toEqual(textBlocks(everything).map((block) => block.offset))
  })

  it('writes semantic elements', () => {
    const page = html(everything)
    for (const part of ['<h4 data-offset="6">Emne</h4>', '<ul><li>', '<ol><li>', '<th>', '<td>', 'a<br/>b']) {
      expect(page).toContain(part)
    }
  })

  it('opens safe links only and escapes text', () => {
    const link = (href: string): Block => ({
      type: 'paragraph',
      content: [{ type: 'text', text: '<b>', marks: [{ type: 'bold' }, { type: 'link', attrs: { href } }] }],
    })
    expect(html(doc(link('https://kl.dk')))).toContain(
      '<strong><a href="https://kl.dk" target="_blank" rel="noopener noreferrer nofollow">&lt;b&gt;</a></strong>',
    )
    expect(html(doc(link('javascript:alert(1)')))).toContain('<strong>&lt;b&gt;</strong>')
  })

  it('paints highlights over marks, blocks and each other, and keeps every letter', () => {
    const prose = doc(
      {
        type: 'paragraph',
        content: [
          { type: 'text', text: 'abc' },
          { type: 'text', text: 'def', marks: [{ type: 'bold' }] },
        ],
      },
      p('ghi'),
    )
    const page = html(prose, [
      { from: 2, to: 9, threadId: 'x', resolved: false, active: true },
      { from: 4, to: 5, threadId: 'y', resolved: true },
    ])
    expect(page).toContain(
      'ab<mark data-threads="x" data-begins="true" data-active="true">c</mark>' +
        '<mark data-threads="x" data-active="true"><strong>d</strong></mark>' +
        '<mark data-threads="x y" data-begins="true" data-active="true"><strong>e</strong></mark>' +
        '<mark data-threads="x" data-active="true"><strong>f</strong></mark></p>',
    )
    expect(page).toContain(
      '<p data-offset="7"><mark data-threads="x" data-begins="true" data-active="true">gh</mark>i</p>',
    )
    expect(html(prose, [{ from: 0, to: 3, threadId: 'z', resolved: true }])).toContain(
      '<mark data-threads="z" data-begins="true" data-resolved="true">abc</mark>',
    )
  })

  it('says where commented words begin, once for a comment over several runs', () => {
    const prose = doc({
      type: 'paragraph',
      content: [
        { type: 'text', text: 'en ' },
        { type: 'text', text: 'fed', marks: [{ type: 'bold' }] },
        { type: 'text', text: ' sag' },
      ],
    })
    const page = html(prose, [{ from: 0, to: 10, threadId: 't', resolved: false, active: false }])
    expect(page.match(/<mark/g)).toHaveLength(3)
    expect(page.match(/data-begins/g)).toHaveLength(1)
    expect(page.indexOf('data-begins')).toBeLessThan(page.indexOf('fed'))
  })
})
