import { type TableRow, type TableWords, tableColumns } from './table.ts'

/** A table as a document: what it is called, what it is about, and in which language it is written. */
export type TableDocument = {
  title: string
  subtitle: string
  author: string
  /** As BCP 47 has it, such as da-DK. */
  language: string
  rows: TableRow[]
  words: TableWords
  empty: string
}

// In twentieths of a point; together the width between the margins of a landscape A4 page.
const widths: Record<keyof TableRow, number> = {
  number: 700,
  item: 1900,
  kind: 1150,
  scope: 1350,
  state: 1150,
  quote: 2200,
  who: 1450,
  when: 1250,
  text: 2888,
  assignee: 1400,
}
const margin = 700
const page = { width: 11_906, height: 16_838 }

/** The table as the bytes of a DOCX file on landscape A4; its first row stands on every page. */
export async function tableDocx(table: TableDocument): Promise<Uint8Array<ArrayBuffer>> {
  // Loaded when the first table is asked for: the process is up before it, and many never need it.
  const docx = await import('docx')
  const { title, subtitle, author, language, rows, words, empty } = table
  const paragraphs = (text: string, isHead = false) =>
    text
      .split(/\r\n?|\n/)
      .map(
        (line) =>
          new docx.Paragraph({ children: [new docx.TextRun({ text: printable(line), bold: isHead })] }),
      )
  const line = (row: TableRow, isHead = false) =>
    new docx.TableRow({
      ...(isHead && { tableHeader: true, cantSplit: true }),
      children: tableColumns.map(
        (column) =>
          new docx.TableCell({
            width: { size: widths[column], type: docx.WidthType.DXA },
            children: paragraphs(row[column], isHead),
            ...(isHead && { shading: { type: docx.ShadingType.CLEAR, color: 'auto', fill: 'EFEDE7' } }),
          }),
      ),
    })
  const grid = new docx.Table({
    columnWidths: tableColumns.map((column) => widths[column]),
    width: { size: page.height - 2 * margin, type: docx.WidthType.DXA },
    layout: docx.TableLayoutType.FIXED,
    margins: { top: 50, bottom: 50, left: 80, right: 80 },
    rows: [line(words.heads, true), ...rows.map((row) => line(row))],
  })
  const file = new docx.Document({
    title,
    creator: author,
    lastModifiedBy: author,
    styles: {
      default: {
        document: { run: { font: 'Calibri', size: 17, language: { value: language } } },
        title: { run: { size: 32, bold: true }, paragraph: { spacing: { after: 60 } } },
      },
    },
    sections: [
      {
        properties: {
          page: {
            // Given as they stand upright: the library turns them.
            size: { ...page, orientation: docx.PageOrientation.LANDSCAPE },
            margin: { top: margin, right: margin, bottom: margin, left: margin },
          },
        },
        children: [
          new docx.Paragraph({ text: title, heading: docx.HeadingLevel.TITLE }),
          new docx.Paragraph({ text: subtitle, spacing: { after: 200 } }),
          ...(rows.length > 0 ? [grid] : [new docx.Paragraph({ text: empty })]),
        ],
      },
    ],
  })
  return new Uint8Array(await docx.Packer.toArrayBuffer(file))
}

// Of these XML 1.0 allows none, and one would make the whole file unreadable.
function printable(text: string): string {
  // biome-ignore lint/suspicious/noControlCharactersInRegex: they are what is taken away
  return text.replace(/[\u0000-\u0008\u000b\u000c\u000e-\u001f\ufffe\uffff]|\p{Surrogate}/gu, '')
}
