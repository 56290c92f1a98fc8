import { db } from '@/lib/db.ts'
import { type ItemContent, readState } from './doc.ts'
import { readDocument } from './doc-store.ts'
import { checksum, contentHash, sha256 } from './hash.ts'
import { DamagedRowError } from './kept-log.ts'
import { contentSchema, frameSchema } from './schema.ts'
import { frameOf } from './service.ts'
import { allAnnexFiles, allDocuments, allVersions } from './verify-store.ts'
import { unpackState } from './version-store.ts'

/**
 * What is wrong with a row: its bytes are not those that were written, they can't be read as an item, what pages show
 * is not what the document says, its words are not those its hash was made of, or the projection has yet to catch up,
 * which the next start of the server sees to.
 */
export type Defect = 'damaged' | 'unreadable' | 'projection-differs' | 'hash-differs' | 'projection-behind'

/** One row that was looked at; `defect` is null where all is well. */
export type Checked = {
  kind: 'document' | 'version' | 'annex' | 'approval' | 'edition'
  id: string
  defect: Defect | null
}

/** Opens every document of every generation, and compares the present ones with what is shown of them. */
export async function* verifyDocuments(): AsyncGenerator<Checked> {
  for await (const { id, itemId, generation, item } of allDocuments(db())) {
    yield { kind: 'document', id, defect: await defectOfDocument({ itemId, generation }, item) }
  }
}

type Shown = Parameters<typeof frameOf>[0] & { generation: number; contentHash: string; projectedSeq: bigint }

async function defectOfDocument(
  key: { itemId: string; generation: number },
  shown: Shown,
): Promise<Defect | null> {
  try {
    const kept = await readDocument(db(), key)
    const content = kept && contentIn(kept.state)
    if (!kept || !content) return 'unreadable'
    if (key.generation !== shown.generation) return null
    if (kept.lastSeq > shown.projectedSeq) return 'projection-behind'
    return contentHash(content, frameOf(shown)) === shown.contentHash ? null : 'projection-differs'
  } catch (error) {
    if (error instanceof DamagedRowError) return 'damaged'
    throw error
  }
}

function contentIn(state: Uint8Array): ItemContent | null {
  try {
    return readState(state)
  } catch {
    return null
  }
}

/** Recomputes the hash of every kept version, from its words and from its document. */
export async function* verifyVersions(): AsyncGenerator<Checked> {
  for await (const version of allVersions(db())) {
    yield { kind: 'version', id: version.id, defect: await defectOfVersion(version) }
  }
}

type KeptVersion = {
  state: Uint8Array
  packing: 'none' | 'deflate'
  checksum: Uint8Array
  content: unknown
  frame: unknown
  contentHash: string
}

async function defectOfVersion(version: KeptVersion): Promise<Defect | null> {
  if (Buffer.compare(checksum(version.state), version.checksum) !== 0) return 'damaged'
  const content = contentSchema.safeParse(version.content).data
  const frame = frameSchema.safeParse(version.frame).data
  const read = await contentOf(version)
  if (!content || !frame || !read) return 'unreadable'
  const hashes = [content, read].map((words) => contentHash(words, frame))
  return hashes.every((hash) => hash === version.contentHash) ? null : 'hash-differs'
}

async function contentOf(version: KeptVersion): Promise<ItemContent | null> {
  try {
    return contentIn(await unpackState(version))
  } catch {
    return null
  }
}

/** Recomputes the hash of every annex's file. */
export async function* verifyAnnexes(): AsyncGenerator<Checked> {
  for await (const { id, contentHash: kept, file } of allAnnexFiles(db())) {
    yield { kind: 'annex', id, defect: file && sha256(file.data) === kept ? null : 'hash-differs' }
  }
}
