import { describe, expect, it } from 'vitest'
import { templateSchema } from './schema.ts'
import { blanks, contentOf, fillBlanks, firstTemplate, itemsFor, plainProse } from './template.ts'

const known = {
  bodyName: 'Prøverådet',
  previousDay: '19. juni 2019',
  minutesSentDay: '24. juni 2019',
}
const unknown = { bodyName: 'Prøverådet', previousDay: null, minutesSentDay: null }

describe('fillBlanks', () => {
  it.each([
    ['Referat fra [rådets navn]', known, 'Referat fra Prøverådet'],
    ['[forrige mødes dato] og [forrige mødes dato]', known, '19. juni 2019 og 19. juni 2019'],
    ['sendt [dagen referatet blev sendt]', unknown, 'sendt [dagen referatet blev sendt]'],
    ['[Skriv noget her]', known, '[Skriv noget her]'],
    ['', known, ''],
  ])('%s', (text, values, expected) => {
    expect(fillBlanks(text, values)).toBe(expected)
  })

  it('never reads a value as a pattern', () => {
    expect(fillBlanks('[rådets navn]', { ...known, bodyName: '$& [forrige mødes dato]' })).toBe(
      '$& [forrige mødes dato]',
    )
  })
})

describe('itemsFor', () => {
  const items = [{ standing: 'minutes' }, { standing: 'next' }, { standing: null }] as const
  it('approves minutes only where there was a meeting before', () => {
    expect(itemsFor(items, known)).toEqual(items)
    expect(itemsFor(items, unknown)).toEqual(items.slice(1))
  })
})

describe('plainProse', () => {
  const paragraph = (text: string) => ({ type: 'paragraph', content: [{ type: 'text', text }] })
  const list = (...texts: string[]) => ({
    type: 'bulletList',
    content: texts.map((text) => ({ type: 'listItem', content: [paragraph(text)] })),
  })
  it.each([
    ['', null],
    [' \n ', null],
    ['Et\n\nTo', [paragraph('Et'), paragraph('To')]],
    ['Om:\n- et\n– to\nSlut', [paragraph('Om:'), list('et', 'to'), paragraph('Slut')]],
    ['- et\n\n- to', [list('et', 'to')]],
    ['-et', [paragraph('-et')]],
  ])('%j', (text, content) => {
    expect(plainProse(text)).toEqual(content && { type: 'doc', content })
  })
})

describe('the first template', () => {
  it('has one item for the minutes and one for what is next', () => {
    const standing = firstTemplate.sections.flatMap(({ items }) => items.map((item) => item.standing))
    expect(standing.filter((one) => one === 'minutes')).toHaveLength(1)
    expect(standing.filter((one) => one === 'next')).toHaveLength(1)
  })

  it('leaves no blank where all is known', () => {
    const [item] = firstTemplate.sections[0]?.items ?? []
    if (!item) throw new Error('no item')
    const content = contentOf(item, known, ['jhp'])
    expect(content.title).toBe('Godkendelse af referat fra møde i Prøverådet den 19. juni 2019')
    for (const blank of blanks) expect(JSON.stringify(content)).not.toContain(blank)
    expect(content.fields.presentation).toBeNull()
  })

  it('refuses two parts under one key, and none at all', () => {
    const [section] = firstTemplate.sections
    expect(templateSchema.safeParse({ sections: [section, section] }).success).toBe(false)
    expect(templateSchema.safeParse({ sections: [] }).success).toBe(false)
  })
})
