import { existsSync, readFileSync } from 'node:fs'
import { fileURLToPath } from 'node:url'
import { describe, expect, it } from 'vitest'
import { readAgendaText } from './rules.ts'
import type { AgendaText, Block, ItemText } from './schema.ts'

const seed = fileURLToPath(new URL('../../../shared/seed/kkr-midtjylland-2019.txt', import.meta.url))

const joinedHyphens = [
  '93 opmærksomhedspunkter',
  '103 erhvervsfremmestrategi/klyngestruktur',
  '119 erhvervsfremmesystemet',
  '121 erhvervshusene',
  '140 oktober',
  '148 Kvalificeret',
  '154 Hummelgaard',
  '174 praktikpladser',
  '192 medlemmer',
  '208 Iværksætterfond',
  '216 erhvervsfremmesystem',
  '234 vigtigt',
  '240 reduktionsmål',
  '254 omstilling',
  '256 fælleskommunale',
  '272 mulighed',
  '274 klimaaftaler/mål',
  '282 initativer',
  '309 kommune',
  '354 besøgende',
  '356 samarbejdspartnere',
  '366 godkender',
  '390 Midtjylland',
  '410 politikerne',
  '422 indbygger',
  '428 Midtjylland',
  '430 administration',
  '436 sendte',
  '477 vidensbaggrund',
  '481 trivselsproblematikken',
  '489 regeringens',
  '519 praktiserende',
  '533 lidelser',
  '537 praksis',
  '549 projekt',
  '596 ienteres',
  '633 november',
  '641 udlændige',
]

if (existsSync(seed)) {
  describe('The agenda of KKR Midtjylland 2019', () => checkFacts(readFileSync(seed, 'utf8')))
} else {
  it.skip('The agenda of KKR Midtjylland 2019: ../shared/seed/kkr-midtjylland-2019.txt is not here', () => {})
}

/** The facts of the anatomy beside the seed, counted by hand from the source. */
function checkFacts(text: string): void {
  const variants: [string, string][] = [
    ['as it stands', text],
    ['with CRLF', text.replaceAll('\n', '\r\n')],
    ['with a byte order mark', `\ufeff${text}`],
    ['without trailing spaces', text.replace(/ +$/gmu, '')],
    ['with form feeds for page starts', text.replace(/(?<=\S *\n) (?=\S)/gu, '\f')],
  ]

  describe.each(variants)('%s', (_, variant) => {
    const agenda = agendaOf(variant)
    const items = agenda.sections.flatMap((section) => section.items)
    const itemAt = (section: number, item: number) => {
      const found = agenda.sections[section - 1]?.items[item - 1]
      if (!found) throw new Error(`no item ${section}.${item}`)
      return found
    }

    it('accounts for all 265 text lines', () => {
      expect(agenda.account).toEqual({ lines: 265, placed: 265, unplaced: [] })
    })

    it('has 7 sections, the fifth empty', () => {
      expect(agenda.sections.map(({ title, items }) => [title, items.length])).toEqual([
        ['Godkendelse af referat', 1],
        ['Siden sidst', 1],
        ['Regionalpolitiske sager', 3],
        ['Udpegninger', 1],
        ['KKR', 0],
        ['Punkter til næste møde', 1],
        ['Eventuelt', 1],
      ])
    })

    it('joins the titles that wrap', () => {
      expect(items.map((item) => item.title)).toEqual([
        'Godkendelse af referat fra møde i KKR Midtjylland den 19. juni 2019',
        'Orientering',
        'Temadrøftelse omkring Kommunernes klimadagsorden og rolle i den grønne omstilling',
        'Europæisk Kulturregion 2.0 - afrapportering for 2018-2019 og forslag til ny strategi',
        'Status på KKR Midtjyllands fokus på mistrivsel blandt unge',
        'Udpegning til Praksisplanudvalget',
        'Foreløbig oversigt over sager til KKR Midtjyllands næste møde',
        'Eventuelt',
      ])
    })

    it('reads case numbers and caseworkers in their order', () => {
      expect(new Set(items.map((item) => item.caseNumber))).toEqual(new Set(['SAG-2019-03640']))
      expect(items.map((item) => item.caseworkers.join('/'))).toEqual([
        'jhp',
        'chbo/jhp',
        'jhp/chbo',
        'chbo',
        'jhp/chbo',
        'jhp',
        'chbo/jhp',
        'jhp',
      ])
    })

    it.each([
      [1, 1, '1P 20w', '1P 7w', 'absent'],
      [2, 1, '1P+3D 29w', '1P 9w', '6S+11P+12D 393w'],
      [3, 1, '2P 130w', '1P 15w', '5P+3D 242w'],
      [3, 2, '2P 89w', '1P 23w', '5P+2D+4N 169w'],
      [3, 3, '2P 45w', '1P 9w', '6P+9D 320w'],
      [4, 1, '1P 18w', '1P 15w', '1P 32w'],
      [6, 1, '2P 18w', '1P+2D 19w', '1P+5D 41w'],
      [7, 1, 'absent', 'absent', 'absent'],
    ])('item %i.%i has Baggrund %s, Indstilling %s, Sagsfremstilling %s', (section, item, ...fields) => {
      const { background, recommendation, presentation } = itemAt(section, item)
      expect([background, recommendation, presentation].map(describeField)).toEqual(fields)
    })

    it('opens with Mission and Vision', () => {
      expect(agenda.preface.map(describeBlock)).toEqual(['S 1w', 'P 29w', 'S 1w', 'P 19w'])
    })

    it('finds the 6 sub-headings of 2.1 with what stands under each', () => {
      const shapes = shapesByHeading(itemAt(2, 1).presentation ?? [])
      expect(shapes).toEqual([
        ['Status på økonomiforhandlinger m.m.', '1P'],
        ['Møde mellem KL-KKR formandskaberne den 22. august 2019', '1P+5D'],
        ['Politisk stormøde om erhvervsfremmestrategi den 22. august 2019', '1P'],
        ['Møde i Kontaktudvalget den 23. august 2019', '4D'],
        [
          'Uddannelsesudvalgets konference på arbejdsmarkedsområdet den 29. oktober 2019 kl. 16-19, Jysk Park Silkeborg',
          '4P+3D',
        ],
        ['KKR formandskabets udpegelser', '4P'],
      ])
    })

    it('finds 10 dash lists of these sizes and one numbered list', () => {
      const blocks = items.flatMap(blocksOf)
      const bullets = blocks.flatMap((block) => ('bullets' in block ? [block.bullets] : []))
      const numbers = blocks.flatMap((block) => ('numbers' in block ? [block.numbers] : []))
      expect(bullets.map((list) => list.length)).toEqual([3, 5, 4, 3, 3, 2, 4, 5, 2, 5])
      expect(bullets.flat().filter((entry) => /[.?]$/u.test(entry))).toHaveLength(13)
      expect(numbers).toEqual([
        [
          'Styrkelse af det europæiske samarbejde og udsyn',
          'Forbedring af kulturaktørernes udviklingsområder',
          'Kommunikation og styrkelse af synlighed',
          'Årligt kulturforum for kulturaktører og politikere',
        ],
      ])
    })

    it("keeps 3.2's first list right after its lead-in, though addresses stand between them", () => {
      const [lead, list] = itemAt(3, 2).presentation ?? []
      expect(lead).toEqual({ paragraph: 'Styregruppen bag kultursamarbejdet har udarbejdet:' })
      expect(list).toEqual({
        bullets: [
          'En evaluering af samarbejdet "Kultursamarbejde mellem Region Midtjylland og kommunerne i Region Midtjylland for 2018 og 2019"',
          'Strategi for Europæisk Kulturregion 2.0.',
        ],
      })
    })

    it('begins the presentation of 3.3 on the page after its heading', () => {
      expect(itemAt(3, 3).presentation?.[0]).toEqual({
        paragraph: expect.stringMatching(/^Overordnet indgår .* KKR' s januarkonference .* sammenhænge:$/u),
      })
    })

    it('breaks 3.3 and 6.1 Baggrund in two where no gap stands', () => {
      expect(itemAt(3, 3).background?.[1]).toEqual({
        paragraph: expect.stringMatching(/^KKR formandskabet ønsker/u),
      })
      expect(itemAt(6, 1).background).toEqual([
        { paragraph: 'Der afholdes møde i KKR Midtjylland den 8.november 2019.' },
        { paragraph: 'Her fremlægges en foreløbig oversigt over sager for mødet.' },
      ])
    })

    it('finds 5 annexes from 3 markers and gives each address to its own', () => {
      expect(items.flatMap((item) => item.annexes)).toEqual([
        { title: 'Vækstteamets 10 anbefalinger', url: expect.stringMatching(/^https:\/\/em\.dk\/.*\/$/u) },
        {
          title: 'Go Green with Aarhus Årsmagasin 2018',
          url: 'https://gogreenwithaarhus.dk/media/18665/aarsmagasin-2018final.pdf',
        },
        { title: 'Afrapportering Europæisk Kulturregion 2018 og 2019', url: null },
        { title: 'Strategi for Europæisk Kulturregion 2.0', url: null },
        {
          title: 'Alliancens samlede initiativer',
          url: expect.stringMatching(/^https:\/\/www\.sundhedsaftalen\.rm\.dk\/.*\.pdf$/u),
        },
      ])
      expect(items.map((item) => item.annexes.length)).toEqual([0, 0, 2, 2, 1, 0, 0, 0])
      expect(itemAt(1, 1).links).toEqual([
        {
          text: 'her',
          url: 'https://www.kl.dk/politik/kkr/kkr-midtjylland/moededatoer-dagsordener-og-referater/',
        },
      ])
      expect(items.flatMap((item) => item.links)).toHaveLength(1)
    })

    it('joins 38 hyphens and keeps one', () => {
      expect(agenda.hyphens.kept).toEqual([{ line: 376, word: '2018-19' }])
      expect(agenda.hyphens.joined.map(({ line, word }) => `${line} ${word}`)).toEqual(joinedHyphens)
    })

    it.each([
      'KL-KKR',
      'RAR-Øst- og Vestjylland',
      'sundheds- og hospitalsplan',
      'energi- og miljøteknologi',
      'patient- og pårørendeforeninger',
      'Børne- og Ungdomspsykiatrisk',
      '2-årige',
      '1-2 årsværk',
      '16-19',
      '2018-2019',
      'venture-branchen',
    ])('leaves the hyphen of %s', (words) => {
      expect(JSON.stringify(agenda)).toContain(words)
    })

    it('leaves the flaws of the source as they are', () => {
      const flaws = [
        'or ienteres',
        "KKR' s",
        'KKR´ erne',
        'EU s',
        '8.november',
        '20 % inden',
        'blev drøftede man',
      ]
      const prose = JSON.stringify(agenda.sections)
      expect(flaws.filter((flaw) => !prose.includes(flaw))).toEqual([])
    })

    it('counts 49 paragraphs and 1 691 words of body', () => {
      const blocks = [...agenda.preface, ...items.flatMap(blocksOf)]
      expect(blocks.filter((block) => 'paragraph' in block)).toHaveLength(49)
      expect(wordsOf(blocks.slice(agenda.preface.length)) + 48).toBe(1691)
    })
  })

  it('shows where each line went', () => {
    const read = readAgendaText(text)
    const proof = read.ok ? read.proof : []
    const placeOf = (line: number) => proof.find((entry) => entry.line === line)?.place
    expect(proof).toHaveLength(265)
    expect(placeOf(4)).toEqual({ section: null, item: null, part: 'preface' })
    expect(placeOf(599)).toEqual({ section: 5, item: null, part: 'section' })
    expect(placeOf(226)).toEqual({ section: 3, item: 1, part: 'title' })
    expect(placeOf(346)).toEqual({ section: 3, item: 2, part: 'case' })
    expect(placeOf(388)).toEqual({ section: 3, item: 1, part: 'annex' })
    expect(placeOf(390)).toEqual({ section: 3, item: 2, part: 'presentation' })
    expect(placeOf(58)).toEqual({ section: 1, item: 1, part: 'link' })
  })
}

function agendaOf(text: string): AgendaText {
  const read = readAgendaText(text)
  if (!read.ok) throw new Error(read.reason)
  return read.agenda
}

function blocksOf(item: ItemText): Block[] {
  return [item.background, item.recommendation, item.presentation].flatMap((blocks) => blocks ?? [])
}

function textsOf(block: Block): string[] {
  if ('paragraph' in block) return [block.paragraph]
  if ('heading' in block) return [block.heading]
  return 'bullets' in block ? block.bullets : block.numbers
}

function wordsOf(blocks: Block[]): number {
  return blocks.flatMap(textsOf).join(' ').split(/\s+/u).filter(Boolean).length
}

/** The notation of the anatomy: "5P+2D+4N" for five paragraphs, two dash items, four numbered items. */
function shapeOf(blocks: Block[]): string {
  const count = (kind: string) => blocks.filter((block) => kind in block).flatMap(textsOf).length
  const counts: [number, string][] = [
    [count('heading'), 'S'],
    [count('paragraph'), 'P'],
    [count('bullets'), 'D'],
    [count('numbers'), 'N'],
  ]
  return counts
    .filter(([number]) => number > 0)
    .map(([number, letter]) => `${number}${letter}`)
    .join('+')
}

function describeField(blocks: Block[] | null): string {
  return blocks ? `${shapeOf(blocks)} ${wordsOf(blocks)}w` : 'absent'
}

function describeBlock(block: Block): string {
  return `${shapeOf([block]).slice(1)} ${wordsOf([block])}w`
}

function shapesByHeading(blocks: Block[]): [string, string][] {
  const parts: { heading: string; under: Block[] }[] = []
  for (const block of blocks) {
    if ('heading' in block) parts.push({ heading: block.heading, under: [] })
    else parts.at(-1)?.under.push(block)
  }
  return parts.map(({ heading, under }) => [heading, shapeOf(under)])
}
