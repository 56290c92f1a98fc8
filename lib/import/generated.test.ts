import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { readAgendaText } from './rules.ts'
import { agendas, layouts } from './testing/agendas.ts'
import { typeset } from './testing/typeset.ts'

describe('Generated agendas', () => {
  it('come back from their typeset text as they were', () => {
    fc.assert(
      fc.property(agendas, layouts, (agenda, layout) => {
        const read = readAgendaText(typeset(agenda, layout))
        expect(read.ok).toBe(true)
        if (!read.ok) return
        const { preface, sections, account } = read.agenda
        expect({ preface, sections }).toEqual(agenda)
        expect(account.unplaced).toEqual([])
      }),
      { numRuns: 300 },
    )
  }, 120_000)
})
