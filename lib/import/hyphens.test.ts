import { describe, expect, it } from 'vitest'
import { joinLines, type Seam } from './hyphens.ts'

const join = (before: string, after: string) =>
  joinLines([
    { number: 1, text: before },
    { number: 2, text: after },
  ])

describe('Hyphens at the end of a line', () => {
  it.each<[string, string, Exclude<Seam, 'space'>, string, string]>([
    ['andre op-', 'mærksomhedspunkter.', 'joined', 'andre opmærksomhedspunkter.', 'opmærksomhedspunkter'],
    ['(praktik-', 'pladser mv.)', 'joined', '(praktikpladser mv.)', 'praktikpladser'],
    ['Peter Hummel-', 'gaard har', 'joined', 'Peter Hummelgaard har', 'Hummelgaard'],
    ['en venture-bran-', 'che', 'joined', 'en venture-branche', 'venture-branche'],
    ['og it\u00ad', 'alienske', 'joined', 'og italienske', 'italienske'],
    ['i 2018-', '19 til', 'kept', 'i 2018-19 til', '2018-19'],
    ['den 2-', 'årige aftale', 'kept', 'den 2-årige aftale', '2-årige'],
    ['mødet KL-', 'KKR i', 'kept', 'mødet KL-KKR i', 'KL-KKR'],
    ['et EU-', 'udbud', 'kept', 'et EU-udbud', 'EU-udbud'],
    ['RAR-Øst-', 'Vest', 'kept', 'RAR-Øst-Vest', 'RAR-Øst-Vest'],
    ['nye it-', 'systemer', 'kept', 'nye it-systemer', 'it-systemer'],
    ['en e-', 'mail', 'kept', 'en e-mail', 'e-mail'],
    ['CO2-', 'mål', 'kept', 'CO2-mål', 'CO2-mål'],
    ['ph.d.-', 'studerende', 'kept', 'ph.d.-studerende', 'ph.d.-studerende'],
    ['sundheds-', 'og hospitalsplan', 'kept-and-space', 'sundheds- og hospitalsplan', 'sundheds-'],
    ['børne-', 'eller ungeområdet', 'kept-and-space', 'børne- eller ungeområdet', 'børne-'],
    ['vej-', 'samt stianlæg', 'kept-and-space', 'vej- samt stianlæg', 'vej-'],
    ['de 16-', 'til 19-årige', 'kept-and-space', 'de 16- til 19-årige', '16-'],
  ])('%s / %s is %s', (before, after, seam, text, word) => {
    const result = join(before, after)
    const note = [{ line: 1, word }]
    expect(result).toMatchObject({
      text,
      ...(seam === 'joined' ? { joined: note, kept: [] } : { joined: [], kept: note }),
    })
  })

  it.each([
    ['Kulturregion 2.0 -', 'afrapportering', 'Kulturregion 2.0 - afrapportering'],
    ['folkeskoler –', 'frivillige', 'folkeskoler – frivillige'],
    ['uden', 'streg', 'uden streg'],
  ])('%s / %s has none', (before, after, text) => {
    expect(join(before, after)).toMatchObject({ text, joined: [], kept: [] })
  })
})
