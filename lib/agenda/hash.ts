import { createHash } from 'node:crypto'
import type { ItemContent } from './doc.ts'
import { canonicalContent, type ItemFrame } from './rules.ts'

/** SHA-256 in hex of bytes or of a text as UTF-8. */
export function sha256(data: Uint8Array | string): string {
  return createHash('sha256').update(data).digest('hex')
}

/** The SHA-256 in hex of an item's canonical content: what an approval is bound to. */
export function contentHash(content: ItemContent, frame: ItemFrame): string {
  return sha256(canonicalContent(content, frame))
}
