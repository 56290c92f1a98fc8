import fc from 'fast-check'
import type { AgendaText, Block, ItemText } from '../schema.ts'

/** What a typeset agenda must give back. */
export type AgendaModel = Pick<AgendaText, 'preface' | 'sections'>

const words =
  'kommunerne samarbejdet erhvervsfremmestrategien regionens indsatsen på for med til og i beskæftigelsesområdet unge borgere sundhedsklyngerne rammeaftalen om den fælles udviklingsplan opmærksomhedspunkter gennem infrastruktur kollektiv trafik grundvandsbeskyttelse ungdomsuddannelserne praktikpladser efter parterne samlede bidrag mellem klimatilpasning hospitalerne digitale løsninger praksis (herunder) "fælleskommunale" målsætninger'.split(
    ' ',
  )

/** Words whose hyphens and figures look like the end of a line, a number or a case, and are none. */
const awkward = [
  'KL-KKR',
  '2026-27',
  '2-årige',
  'it-systemer',
  'EU-midler',
  'sundheds- og ældreområdet',
  'børne- eller ungeindsatsen',
  'den 24. juni 2027',
  'Kulturregion 2.0',
  'ca. 1,23 mio. kr.',
  'bl.a. arbejdsgruppen',
  '– frivillige og professionelle – ung til ung',
  'DK2030-planen',
]

const word = fc.oneof({ weight: 6, arbitrary: fc.constantFrom(...words) }, fc.constantFrom(...awkward))
const opener = fc.constantFrom(
  'Kommunerne',
  'Styregruppen',
  'På mødet',
  'Der',
  'Sekretariatet',
  'I 2027',
  'KL',
)

function phrase(least: number, most: number): fc.Arbitrary<string> {
  return fc
    .tuple(opener, fc.array(word, { minLength: least, maxLength: most }))
    .map((parts) => parts.flat().join(' '))
}

const sentence = phrase(4, 22).map((text) => `${text} er aftalt.`)
const paragraph = fc
  .array(sentence, { minLength: 1, maxLength: 3 })
  .map((texts) => ({ paragraph: texts.join(' ') }))
const subHeading = fc
  .constantFrom(
    'Økonomi og tidsplan',
    'Status m.m.',
    'Den videre proces',
    'Møde den 22. august 2027',
    'KL-KKR samarbejdet',
  )
  .map((heading) => ({ heading }))

const entries = fc.array(phrase(1, 18), { minLength: 2, maxLength: 7 })
const list = fc
  .tuple(phrase(2, 12), entries, fc.boolean())
  .map(([lead, texts, isNumbered]): Block[] => [
    { paragraph: `${lead} omfatter:` },
    isNumbered ? { numbers: texts } : { bullets: texts },
  ])
const prose = fc.oneof({ weight: 3, arbitrary: paragraph.map((block): Block[] => [block]) }, list)
const headed = fc.tuple(subHeading, prose).map(([heading, blocks]): Block[] => [heading, ...blocks])

const field = fc.array(prose, { minLength: 1, maxLength: 3 }).map((parts) => parts.flat())
const presentation = fc
  .array(fc.oneof(prose, headed), { minLength: 1, maxLength: 4 })
  .map((parts) => parts.flat())

const letters = [...'abcdefghijklmnoprstuvæøå']
const initials = fc
  .array(fc.constantFrom(...letters), { minLength: 2, maxLength: 5 })
  .map((parts) => parts.join(''))
const caseNumber = fc.constantFrom(
  'SAG-2026-01184',
  '22/12345',
  'EMN-2021-01234',
  '2026-004711',
  '00.01.00-A00-12-26',
  'S2026-10023',
)

const itemTitle = phrase(1, 22).filter((text) => text.length < 190 && !/[–"]/u.test(text))

/** A title whose last line is short: a full one cannot be told from one that wraps. */
const annexTitle = fc
  .tuple(fc.constantFrom('Udkast', 'Notat', 'Rapport'), fc.array(fc.constantFrom(...words), { maxLength: 3 }))
  .map((parts) => parts.flat().join(' '))
  .filter((text) => text.length < 50)
const url = fc.nat(99_999).map((number) => `https://www.example.dk/bilag/${number}.pdf`)

type Attachments = Pick<ItemText, 'annexes' | 'links'>

const linked: fc.Arbitrary<Attachments> = fc.record({
  annexes: fc.array(fc.record({ title: annexTitle, url }), { maxLength: 3 }),
  links: fc.option(
    url.map((address) => [{ text: 'her', url: address }]),
    { nil: [] },
  ),
})
const unlinked: fc.Arbitrary<Attachments> = fc.record({
  annexes: fc.array(fc.record({ title: annexTitle, url: fc.constant(null) }), { maxLength: 3 }),
  links: fc.constant<Attachments['links']>([]),
})

function item(attachments: fc.Arbitrary<Attachments>): fc.Arbitrary<ItemText> {
  return fc
    .record({
      title: itemTitle,
      caseNumber,
      caseworkers: fc.array(initials, { minLength: 1, maxLength: 3 }),
      background: fc.option(field),
      recommendation: fc.option(field),
      presentation: fc.option(presentation),
      attachments,
    })
    .map(({ attachments: { annexes, links }, ...rest }) => withLinkWord({ ...rest, annexes, links }))
}

/** The text names its link in a sentence of its own, short enough that the line does not break inside it. */
function withLinkWord(item: ItemText): ItemText {
  if (item.links.length === 0) return item
  return { ...item, background: [...(item.background ?? []), { paragraph: 'Referatet kan ses her' }] }
}

/** On one page the addresses go to the annexes in order, so a section, which opens a page, links all or none. */
const section = fc.record({
  title: fc.constantFrom('Siden sidst', 'Regionalpolitiske sager', 'Udpegninger', 'KKR', 'Eventuelt'),
  items: fc.oneof(
    fc.array(item(linked), { maxLength: 3 }),
    { weight: 3, arbitrary: fc.array(item(unlinked), { maxLength: 3 }) },
    { weight: 1, arbitrary: fc.array(item(unlinked), { minLength: 10, maxLength: 12 }) },
  ),
})

const preface = fc.constantFrom<Block[]>(
  [],
  [{ heading: 'Mission' }, { paragraph: 'Kommunerne skal stå stærkt sammen om fælles opgaver.' }],
)

/** Agendas of the form the importer reads, with any number of sections, ten and more included. */
export const agendas: fc.Arbitrary<AgendaModel> = fc
  .record({ preface, sections: fc.array(section, { minLength: 1, maxLength: 12 }) })
  .filter(({ sections }) => sections.some(({ items }) => items.length > 0))

/** Ways to set them. */
export const layouts = fc.record({
  measure: fc.integer({ min: 66, max: 84 }),
  pageLength: fc.integer({ min: 12, max: 40 }),
  doubleSpaced: fc.boolean(),
  trailingSpaces: fc.boolean(),
  formFeeds: fc.boolean(),
  closeSet: fc.boolean(),
  lineEnd: fc.constantFrom('\n' as const, '\r\n' as const),
})
