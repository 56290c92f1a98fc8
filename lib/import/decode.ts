import type { ImportRefusal } from './schema.ts'

/** The largest file read, in bytes: some hundred times a real agenda. */
export const agendaFileLimit = 5 * 1024 * 1024

/** A file's text without its byte order mark, or the error code that says why it has none. */
export type DecodedFile = { ok: true; text: string } | { ok: false; reason: ImportRefusal }

const utf16Marks = [
  [0xff, 0xfe],
  [0xfe, 0xff],
]

/** First bytes of the files people upload by mistake: PDF, zip (DOCX, ODT), old Word, RTF. */
const documentMagic = [
  [0x25, 0x50, 0x44, 0x46],
  [0x50, 0x4b, 0x03, 0x04],
  [0xd0, 0xcf, 0x11, 0xe0],
  [0x7b, 0x5c, 0x72, 0x74],
]

/** Turns a file's bytes into text, or says why it is no text: UTF-8 only, with or without a byte order mark. */
export function decodeAgendaFile(bytes: Uint8Array): DecodedFile {
  if (bytes.length > agendaFileLimit) return { ok: false, reason: 'import-too-large' }
  if (startsWithAny(bytes, utf16Marks)) return { ok: false, reason: 'import-encoding' }
  if (startsWithAny(bytes, documentMagic) || bytes.includes(0)) return { ok: false, reason: 'import-binary' }
  const text = decodeUtf8(bytes)
  if (text === null) return { ok: false, reason: 'import-encoding' }
  return text.trim() === '' ? { ok: false, reason: 'import-empty' } : { ok: true, text }
}

function startsWithAny(bytes: Uint8Array, marks: number[][]): boolean {
  return marks.some((mark) => mark.every((byte, index) => bytes[index] === byte))
}

/** A guess would turn every æ, ø and å into rubbish, so bytes that are not UTF-8 are refused, never repaired. */
function decodeUtf8(bytes: Uint8Array): string | null {
  try {
    return new TextDecoder('utf-8', { fatal: true }).decode(bytes)
  } catch {
    return null
  }
}
