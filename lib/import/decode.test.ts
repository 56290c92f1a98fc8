import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { agendaFileLimit, decodeAgendaFile } from './decode.ts'

const utf8 = (text: string) => new TextEncoder().encode(text)

describe('Agenda files', () => {
  it.each<[string, Uint8Array, string]>([
    ['no bytes', new Uint8Array(), 'import-empty'],
    ['only blanks', utf8('\ufeff \r\n\f\n'), 'import-empty'],
    ['Latin-1', Uint8Array.from([0x6d, 0xf8, 0x64, 0x65]), 'import-encoding'],
    ['UTF-16', Uint8Array.from([0xff, 0xfe, 0x6d, 0x00]), 'import-encoding'],
    ['NUL bytes', utf8('møde\0'), 'import-binary'],
    ['a PDF', utf8('%PDF-1.7\n'), 'import-binary'],
    ['a DOCX', utf8('PK\u0003\u0004'), 'import-binary'],
    ['50 MB', new Uint8Array(50 * 1024 * 1024).fill(0x61), 'import-too-large'],
    ['one byte too many', new Uint8Array(agendaFileLimit + 1).fill(0x61), 'import-too-large'],
  ])('are refused when they hold %s', (_, bytes, reason) => {
    expect(decodeAgendaFile(bytes)).toEqual({ ok: false, reason })
  })

  it.each(['møde', '\ufeffmøde'])('are read as UTF-8 with or without a byte order mark', (text) => {
    expect(decodeAgendaFile(utf8(text))).toEqual({ ok: true, text: 'møde' })
  })

  it('never make the reader throw, whatever the bytes', () => {
    fc.assert(
      fc.property(fc.uint8Array({ maxLength: 200 }), (bytes) => {
        const decoded = decodeAgendaFile(bytes)
        expect(decoded.ok ? typeof decoded.text : decoded.reason).toMatch(/^string$|^import-/u)
      }),
    )
  })
})
