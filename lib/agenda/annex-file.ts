/** Largest annex file, in bytes. */
export const annexLimit = 25 * 1024 * 1024

const office = {
  docx: 'application/vnd.openxmlformats-officedocument.wordprocessingml.document',
  xlsx: 'application/vnd.openxmlformats-officedocument.spreadsheetml.sheet',
  pptx: 'application/vnd.openxmlformats-officedocument.presentationml.presentation',
} as const

function startsWith(data: Uint8Array, ...bytes: number[]): boolean {
  return bytes.every((byte, at) => data[at] === byte)
}

function isText(data: Uint8Array): boolean {
  if (data.includes(0)) return false
  try {
    new TextDecoder('utf-8', { fatal: true }).decode(data)
    return true
  } catch {
    return false
  }
}

/**
 * The media type of an annex file, judged by its first bytes and, for office files, its ending; null when it is none
 * of those we keep. HTML and SVG are never among them: they could run in a reader's browser.
 */
export function annexType(fileName: string, data: Uint8Array): string | null {
  if (startsWith(data, 0x25, 0x50, 0x44, 0x46, 0x2d)) return 'application/pdf'
  if (startsWith(data, 0x89, 0x50, 0x4e, 0x47)) return 'image/png'
  if (startsWith(data, 0xff, 0xd8, 0xff)) return 'image/jpeg'
  const ending = fileName.toLowerCase().split('.').at(-1) ?? ''
  if (startsWith(data, 0x50, 0x4b, 0x03, 0x04)) {
    return ending === 'docx' || ending === 'xlsx' || ending === 'pptx' ? office[ending] : null
  }
  if ((ending === 'txt' || ending === 'csv') && isText(data)) return 'text/plain; charset=utf-8'
  return null
}

/** A file name safe to show and to save: no folders, no control characters, at most 150 characters. */
export function safeFileName(name: string): string {
  const last = name.split(/[/\\]/).at(-1) ?? ''
  // biome-ignore lint/suspicious/noControlCharactersInRegex: control characters are what is taken out
  const clean = last.replace(/[\u0000-\u001f\u007f"]/g, '').trim()
  return clean.slice(-150) || 'bilag'
}
