import { describe, expect, it } from 'vitest'
import { findNextList, matchPoints, type PlannedItem, pointsOf } from './backlog.ts'
import { plainProse } from './template.ts'

it.each([
  ['', []],
  ['Om det næste møde', []],
  ['Forslag:\n- Tema: Klima\n-  To  ord \nOg\n- Tre', ['Tema: Klima', 'To ord', 'Tre']],
])('the points of %j', (text, expected) => {
  expect(pointsOf(plainProse(text))).toEqual(expected)
})

const item = (title: string, more: Partial<PlannedItem> = {}): PlannedItem => ({
  id: `id of ${title}`,
  number: '3.1',
  title,
  visibility: 'open',
  templateKey: null,
  standing: null,
  ...more,
})

describe('matchPoints', () => {
  it('finds the item of a point by its title', () => {
    expect(matchPoints(['Tema: Klima.', 'Budget'], [item('tema:  klima')])).toEqual({
      points: [
        { text: 'Tema: Klima.', itemId: 'id of tema:  klima', number: '3.1' },
        { text: 'Budget', itemId: null, number: null },
      ],
      unannounced: [],
    })
  })

  it('names what is not announced, but nothing closed, standing, of the template or without title', () => {
    const items = [
      item('Ny sag'),
      item('Personsag', { visibility: 'closed' }),
      item('Referat', { standing: 'minutes' }),
      item('Eventuelt', { templateKey: 'x' }),
      item(' '),
    ]
    expect(matchPoints([], items).unannounced.map(({ title }) => title)).toEqual(['Ny sag'])
    expect(matchPoints(['Personsag'], items).points[0]?.itemId).toBeNull()
  })
})

describe('findNextList', () => {
  const line = (title: string, standing: 'minutes' | 'next' | null = null) => ({ title, standing })
  it.each([
    [
      'by what it stands for',
      [{ title: 'Sager', items: [line('Andet'), line('Næste gang', 'next')] }],
      'Næste gang',
    ],
    [
      'by its title',
      [{ title: 'Sager', items: [line('Punkter til næste møde den 8. november')] }],
      'Punkter til næste møde den 8. november',
    ],
    ['by its section', [{ title: 'Punkter til næste møde', items: [line('Emner')] }], 'Emner'],
    ['nowhere', [{ title: 'Sager', items: [line('Andet')] }], undefined],
  ])('%s', (_, sections, expected) => {
    expect(findNextList(sections)?.title).toBe(expected)
  })
})
