import { describe, expect, it } from 'vitest'
import { worstState } from './save-state.ts'

const early = new Date('2019-09-13T12:00:00Z')
const late = new Date('2019-09-13T12:05:00Z')

describe('worstState', () => {
  it('says saved only when every item is, with the latest time', () => {
    const saved = (at: Date | null) => ({ status: 'saved', at }) as const
    expect(worstState([])).toEqual({ status: 'saved', at: null })
    expect(worstState([saved(late), saved(early), saved(null)])).toEqual({ status: 'saved', at: late })
    expect(worstState([saved(late), { status: 'saving' }])).toEqual({ status: 'saving' })
  })

  it('lets the worst win', () => {
    const offline = { status: 'offline', waiting: false } as const
    expect(worstState([offline, { status: 'saving' }])).toEqual(offline)
    expect(worstState([offline, { status: 'offline', waiting: true }])).toEqual({
      status: 'offline',
      waiting: true,
    })
    expect(worstState([offline, { status: 'failing' }])).toEqual({ status: 'failing' })
    expect(worstState([{ status: 'failing' }, { status: 'refused', code: 4409 }])).toEqual({
      status: 'refused',
      code: 4409,
    })
  })
})
