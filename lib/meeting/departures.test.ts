import { expect, it } from 'vitest'
import { type ComparedSection, departuresOf } from './departures.ts'
import type { Template } from './schema.ts'

const texts = { kind: null, background: '', recommendation: '', presentation: '' }
const template: Template = {
  sections: [
    {
      key: 'a',
      title: 'Referat',
      items: [{ ...texts, key: 'a1', title: 'Godkendelse af referat', standing: 'minutes' }],
    },
    { key: 'b', title: 'Sager', items: [] },
    { key: 'c', title: 'Eventuelt', items: [{ ...texts, key: 'c1', title: 'Eventuelt', standing: null }] },
  ],
}
const a = {
  number: '1',
  title: 'Referat',
  templateKey: 'a',
  items: [{ number: '1.1', title: 'Godkendelse af referat den 19. juni', templateKey: 'a1' }],
}
const b = {
  number: '2',
  title: 'Sager',
  templateKey: 'b',
  items: [{ number: '2.1', title: 'En sag', templateKey: null }],
}
const c = {
  number: '3',
  title: 'Eventuelt',
  templateKey: 'c',
  items: [{ number: '3.1', title: 'Eventuelt', templateKey: 'c1' }],
}
const keyless = ({ items, ...section }: ComparedSection): ComparedSection => ({
  ...section,
  templateKey: null,
  items: items.map((item) => ({ ...item, templateKey: null })),
})

it.each<[string, ComparedSection[], boolean, unknown[]]>([
  ['as it began', [a, b, c], true, []],
  [
    'another title',
    [a, { ...b, title: 'Regionale sager' }, c],
    true,
    [{ kind: 'section-renamed', number: '2', title: 'Regionale sager', was: 'Sager' }],
  ],
  ['the same title, written otherwise', [a, { ...b, title: ' SAGER. ' }, c], true, []],
  ['without a section', [a, b], true, [{ kind: 'section-missing', title: 'Eventuelt' }]],
  ['without an item', [a, b, { ...c, items: [] }], true, [{ kind: 'item-missing', title: 'Eventuelt' }]],
  [
    'without minutes',
    [{ ...a, items: [] }, b, c],
    true,
    [{ kind: 'item-missing', title: 'Godkendelse af referat' }],
  ],
  ['without minutes, the first meeting', [{ ...a, items: [] }, b, c], false, []],
  ['in another order', [b, a, c], true, [{ kind: 'sections-reordered' }]],
  [
    'an item elsewhere',
    [a, { ...b, items: [...b.items, ...c.items] }, { ...c, items: [] }],
    true,
    [{ kind: 'item-elsewhere', number: '3.1', title: 'Eventuelt', was: 'Eventuelt' }],
  ],
  [
    'one more section',
    [a, b, { number: '3', title: 'Udpegninger', templateKey: null, items: [] }, c],
    true,
    [{ kind: 'section-added', number: '3', title: 'Udpegninger' }],
  ],
  ['imported', [keyless(b), keyless(c)], true, [{ kind: 'section-missing', title: 'Referat' }]],
])('%s', (_, sections, hasPrevious, expected) => {
  expect(departuresOf(template, { sections, hasPrevious })).toEqual(expected)
})
