import * as Y from 'yjs'
import { fieldFragment, readState } from '@/lib/agenda/doc.ts'
import { compact, readDocument } from '@/lib/agenda/doc-store.ts'
import { condenseLog } from '@/lib/agenda/kept-log.ts'
import { db } from '@/lib/db.ts'
import { checkEqual, settled, Violation } from '../checker.ts'
import type { Fault, Figures, Scene } from '../fault.ts'
import type { Site } from '../site.ts'
import { pause } from '../typing.ts'
import type { Typist } from '../typist.ts'
import { sayingsOf, textsOf } from '../words.ts'

/** Fault 20: a document that was written in far too much. */
export const churn: Fault = {
  name: 'churn',
  number: 20,
  about:
    'An item of thousands of edits and up to a million deletions opens, takes words, comes back, and says the same after compaction.',
  stores: ['postgresql'],
  short: { times: 1, edits: 300, deletions: 20_000 },
  long: { times: 1, edits: 10_000, deletions: 1_000_000 },
  run,
}

async function run({ open, scale, say }: Scene): Promise<Figures> {
  const { edits = 300, deletions = 20_000 } = scale
  const site = await open({ compactAfter: 1_000_000, keepFor: 0, maxFramesPerSecond: 1_000_000 })
  const { id, documentId } = await site.item()
  const typist = site.typist(id).come()
  await settled([typist])
  for (let at = 0; at < edits; at++) {
    typist.change((doc) =>
      textsOf(doc)
        .at(-1)
        ?.insert(at % 7, 'Ændring '),
    )
    if (at % 100 === 0) await pause(1)
  }
  await settled([typist], 120_000)
  say(`${edits} edits`)
  await remove(typist, deletions, say)
  const frames = typist.closes.length
  const last = typist.write()
  await settled([typist], 120_000)
  const hash = (await site.projection(id)).contentHash
  const before = sayingsOf(await site.stored(id))
  // It returns with all it holds, as after a lost connection.
  typist.leave()
  typist.come()
  await settled([typist], 60_000)
  const came = await openAnew(site, id)
  if (sayingsOf(came.doc) !== before) throw new Violation('It opens as another', { last })
  typist.close()
  await emptied(site)
  await compact(db(), documentId, condenseLog)
  const kept = await readDocument(db(), { itemId: id, generation: 1 })
  if (!kept || JSON.stringify(readState(kept.state)) !== before)
    throw new Violation('Compaction changed what it says', {})
  const again = await openAnew(site, id)
  if (sayingsOf(again.doc) !== before) throw new Violation('It opens as another after compaction', {})
  if ((await site.projection(id)).contentHash !== hash)
    throw new Violation('Compaction changed the content hash', {})
  checkEqual(await site.stored(id), [typist])
  if (typist.closes.length > frames) throw new Violation('It was closed', { closes: typist.closes })
  return {
    edits,
    deletions,
    'stored KB after compaction': Math.round(kept.state.length / 1024),
    'opens in ms before': came.took,
    'opens in ms after': again.took,
    'content hash': 'the same',
  }
}

/** More that are not neighbours would make a document larger than it may be. */
const mostApart = 200_000

/**
 * Letters of long texts are deleted one by one: at first every second, so that no two deletions are neighbours, which is
 * the most there is to remember; then all.
 */
async function remove(typist: Typist, deletions: number, say: (line: string) => void): Promise<void> {
  const atOnce = 20_000
  for (let done = 0; done < deletions; done += atOnce) {
    typist.change((doc) => {
      const paragraph = new Y.XmlElement('paragraph')
      const text = new Y.XmlText()
      paragraph.insert(0, [text])
      const field = fieldFragment(doc, 'presentation')
      field.insert(field.length, [paragraph])
      const count = Math.min(atOnce, deletions - done)
      const left = done < mostApart ? 1 : 0
      text.insert(0, 'ab'.slice(left === 1 ? 0 : 1).repeat(count))
      doc.transact(() => {
        for (let at = count - 1; at >= 0; at--) text.delete(at * (1 + left) + left, 1)
      })
    })
    await typist.until((one) => one.isSaved, 60_000, 'the deletions to be saved')
    if ((done / atOnce) % 10 === 9) say(`${done + atOnce} deletions`)
  }
}

async function openAnew(site: Site, itemId: string): Promise<{ doc: Y.Doc; took: number }> {
  const began = performance.now()
  const reader = site.typist(itemId, { name: 'reader' }).come()
  await settled([reader], 60_000)
  const took = Math.round(performance.now() - began)
  reader.close()
  return { doc: reader.doc, took }
}

async function emptied(site: Site): Promise<void> {
  while ((await site.figures()).rooms > 0) await pause(5)
}
