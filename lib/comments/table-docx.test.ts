import { strFromU8, unzipSync } from 'fflate'
import { expect, it } from 'vitest'
import { type TableRow, tableColumns } from './table.ts'
import { tableDocx } from './table-docx.ts'
import { tableWords } from './table-service.ts'

const { words, title, subtitle, empty } = tableWords('da')
const about = {
  title,
  subtitle: subtitle({ body: 'KKR Midtjylland', day: '13. september 2019', place: 'Viborg' }),
  author: 'Sekretariatet (jhp)',
  language: 'da-DK',
  words,
  empty,
}
const row: TableRow = {
  number: '3.2',
  item: 'Æbler & pærer <på Ærø>',
  kind: 'Kommentar',
  scope: 'Alle i rådet',
  state: 'Åben',
  quote: '',
  who: 'Medlem, Odder',
  when: '5. september 2019 kl. 10.04',
  text: 'Første linje\nAnden linje \u0001\ud800slut',
  assignee: '',
}
async function parts(rows: TableRow[]) {
  const files = unzipSync(await tableDocx({ ...about, rows }))
  const read = (name: string) => strFromU8(files[name] ?? new Uint8Array())
  return { body: read('word/document.xml'), styles: read('word/styles.xml'), core: read('docProps/core.xml') }
}
const count = (text: string, part: string) => text.split(part).length - 1

it('is a landscape page in Danish with a heading row that repeats, and a row for each comment', async () => {
  const { body, styles, core } = await parts([row, row])
  expect(body).toMatch(/<w:pgSz w:w="16838" w:h="11906" w:orient="landscape"/)
  expect(count(body, '<w:tblHeader')).toBe(1)
  expect(count(body, '<w:tr>') + count(body, '<w:tr ')).toBe(3)
  expect(count(body, '<w:tc>')).toBe(3 * tableColumns.length)
  expect(styles).toContain('w:lang w:val="da-DK"')
  expect(core).toContain('Kommentarer til dagsordenen')
  for (const said of ['Kommentarer til dagsordenen', 'KKR Midtjylland, mødet 13. september 2019 i Viborg'])
    expect(body).toContain(said)
  for (const head of Object.values(words.heads)) expect(body).toContain(`>${head}</w:t>`)
})

it('keeps the lines of a comment, and nothing that would make the file unreadable', async () => {
  const { body } = await parts([row])
  expect(body).toContain('Æbler &amp; pærer &lt;på Ærø&gt;')
  expect(body).toMatch(/>Første linje<\/w:t><\/w:r><\/w:p><w:p>.*>Anden linje slut<\/w:t>/)
  expect(body).not.toContain('\u0001')
  expect(body).not.toContain('\ufffd')
})

it('says that there is nothing when there is nothing', async () => {
  const { body } = await parts([])
  expect(body).toContain('Der er ingen kommentarer til dagsordenen endnu.')
  expect(body).not.toContain('<w:tbl>')
})
