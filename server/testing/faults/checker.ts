import * as Y from 'yjs'
import type { Typist } from './typist.ts'
import { sayingsOf, wordsOf } from './words.ts'

/** What a fault must never do, and did. */
export class Violation extends Error {
  constructor(what: string, details: unknown) {
    super(`${what}: ${JSON.stringify(details)}`)
    this.name = 'Violation'
  }
}

/** How many edits and clients each holds, and how much it has that leans on edits it has not. */
function heldBy(typists: Typist[]) {
  return typists.map(({ name, doc }) => {
    const ends = [...Y.decodeStateVector(Y.encodeStateVector(doc)).values()]
    const waiting = doc.store.pendingStructs?.update.length ?? 0
    return { name, clients: ends.length, edits: ends.reduce((sum, end) => sum + end, 0), waiting }
  })
}

/** Every word that a server acknowledged stands exactly once in the stored document, and nobody was told otherwise. */
export function checkDurable(stored: Y.Doc, typists: Iterable<Typist>): void {
  const words = wordsOf(stored)
  const removed = new Set<string>()
  for (const typist of typists) for (const word of typist.removed) removed.add(word)
  for (const { name, acknowledged, lies } of typists) {
    if (lies.length > 0) throw new Violation('Shown as saved and not acknowledged', { name, lies })
    const lost = [...acknowledged].filter((word) => !removed.has(word) && words.get(word) !== 1)
    if (lost.length > 0) {
      const found = lost.slice(0, 5).map((word) => [word, words.get(word) ?? 0])
      throw new Violation('Acknowledged and not there exactly once', { name, lost: lost.length, found })
    }
  }
}

/**
 * All are equal, the stored document with them: every word written by anyone, and not taken out again, stands exactly
 * once in each, and they say the same.
 */
export function checkEqual(stored: Y.Doc, typists: Typist[]): void {
  checkDurable(stored, typists)
  const removed = new Set(typists.flatMap((typist) => [...typist.removed]))
  const written = new Set(typists.flatMap(({ sent }) => sent))
  const documents: [string, Y.Doc][] = [
    ['the database', stored],
    ...typists.map(({ name, doc }): [string, Y.Doc] => [name, doc]),
  ]
  const saying = sayingsOf(stored)
  for (const [name, doc] of documents) {
    const words = wordsOf(doc)
    const wrong = [...written].filter((word) => (words.get(word) ?? 0) !== (removed.has(word) ? 0 : 1))
    if (wrong.length > 0) {
      const found = wrong.slice(0, 5).map((word) => [word, words.get(word) ?? 0, removed.has(word)])
      throw new Violation('Words not there exactly once', { name, wrong: wrong.length, found })
    }
    const strangers = [...words].filter(([word]) => !written.has(word))
    if (strangers.length > 0)
      throw new Violation('Words of nobody', { name, strangers: strangers.slice(0, 5) })
    if (sayingsOf(doc) !== saying) throw new Violation('Documents differ', { name })
  }
}

/** Resolves when all these typists hold the same and all of it is shown as saved. Throws Violation when they never do. */
export async function settled(typists: Typist[], patience = 30_000): Promise<void> {
  const deadline = performance.now() + patience
  for (const typist of typists) {
    await typist.until(
      (one) => one.isConnected && one.isSaved,
      deadline - performance.now(),
      'everything saved',
    )
  }
  const isEqual = () => {
    const [first, ...others] = typists.map(({ doc }) =>
      Buffer.from(Y.encodeStateVector(doc)).toString('base64'),
    )
    return others.every((other) => other === first)
  }
  while (!isEqual()) {
    if (performance.now() > deadline) throw new Violation('They never came to hold the same', heldBy(typists))
    await new Promise((resolve) => setTimeout(resolve, 2))
  }
}
