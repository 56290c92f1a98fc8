import { checkEqual, settled, Violation } from '../checker.ts'
import type { Fault, Figures, Scene } from '../fault.ts'
import type { Site } from '../site.ts'
import { pause } from '../typing.ts'
import type { Typist } from '../typist.ts'

const freshAfter = 100

/** A document is forgotten and read again while its people keep theirs: the bug others shipped, doubled words. */
export const reload: Fault = {
  name: 'reload',
  number: 12,
  about: 'A room is forgotten and opened again, and clients return with what they held: no word is doubled.',
  stores: ['embedded', 'postgresql'],
  shortStores: ['postgresql'],
  short: { times: 15 },
  long: { times: 1000 },
  run,
}

async function run({ open, scale, say }: Scene): Promise<Figures> {
  const site = await open({ keepFor: 0, compactAfter: 7 })
  let typists: Typist[] = []
  let itemId = ''
  let words = 0
  for (let at = 0; at < scale.times; at++) {
    if (at % freshAfter === 0) {
      words += typists.reduce((sum, { sent }) => sum + sent.length, 0)
      ;({ id: itemId } = await site.item())
      typists = [0, 1, 2].map(() => site.typist(itemId))
    }
    await comeAndGo(site, itemId, typists)
    if ((at + 1) % 250 === 0) say(`${at + 1} cycles`)
  }
  words += typists.reduce((sum, { sent }) => sum + sent.length, 0)
  return { cycles: scale.times, words, doubled: 0, lost: 0 }
}

async function comeAndGo(site: Site, itemId: string, typists: Typist[]): Promise<void> {
  const { below } = site
  // Some write before they are back, some after, and one may stay away.
  const away = below(2) === 0 ? typists[below(typists.length)] : undefined
  const here = typists.filter((typist) => typist !== away)
  for (const typist of typists) if (typist.doc.store.clients.size > 0 && below(2) === 0) typist.write()
  for (const typist of here) typist.come()
  await Promise.all(here.map((typist) => typist.until((one) => one.isConnected)))
  for (const typist of here) typist.write()
  await settled(here)
  for (const typist of here) {
    if (below(2) === 0) typist.close()
    else typist.leave()
  }
  await forgotten(site)
  if (away) {
    await settled([away.come()])
    away.close()
    await forgotten(site)
  }
  const all = typists.map((typist) => typist.come())
  await settled(all)
  checkEqual(await site.stored(itemId), all)
  for (const typist of all) typist.close()
  await forgotten(site)
}

async function forgotten(site: Site): Promise<void> {
  const deadline = performance.now() + 10_000
  while ((await site.figures()).rooms > 0) {
    if (performance.now() > deadline) throw new Violation('A room was never forgotten', await site.figures())
    await pause(1)
  }
}
