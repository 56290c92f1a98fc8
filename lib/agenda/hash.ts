import { hash } from 'node:crypto'
import type { ItemContent } from './doc.ts'
import { canonicalContent, type ItemFrame } from './rules.ts'

/** SHA-256 in hex of bytes or of a text as UTF-8. */
export function sha256(data: Uint8Array | string): string {
  return hash('sha256', data, 'hex')
}

/** What is kept beside stored bytes to know them by: the first 8 bytes of their SHA-256. */
export function checksum(data: Uint8Array): Uint8Array<ArrayBuffer> {
  return new Uint8Array(Buffer.from(checksumHex(data), 'hex'))
}

/** The same in hex. */
export function checksumHex(data: Uint8Array): string {
  return sha256(data).slice(0, 16)
}

/** The SHA-256 in hex of an item's canonical content: what an approval is bound to. */
export function contentHash(content: ItemContent, frame: ItemFrame): string {
  return sha256(canonicalContent(content, frame))
}
