import { readFileSync } from 'node:fs'
import path from 'node:path'
import * as Y from 'yjs'
import { createState, fieldFragment } from '@/lib/agenda/doc.ts'
import { projectRoot } from '@/prisma/root.ts'

const agendaBytes = 89_000

/** An item with so many of the demo agenda's paragraphs that its state is some 89 kB. */
export function agendaState(): Uint8Array {
  const lines = readFileSync(path.join(projectRoot, 'prisma/demo/agenda.txt'), 'utf8')
    .split('\n')
    .map((line) => line.trim())
    .filter((line) => line.length > 60)
  const content = []
  let bytes = 0
  for (let at = 0; bytes < agendaBytes; at++) {
    const text = lines[at % lines.length] ?? ''
    bytes += Buffer.byteLength(text) + 52
    content.push({ type: 'paragraph' as const, content: [{ type: 'text' as const, text }] })
  }
  const presentation = { type: 'doc' as const, content }
  return createState({
    title: 'Prøvesag',
    caseNumber: 'SAG-2026-01184',
    caseworkers: ['jhp'],
    kind: null,
    fields: { background: null, recommendation: null, presentation, decision: null },
  })
}

/** A document's edits, each the update of one keystroke, and the state they make together. */
export type Edits = { updates: Uint8Array[]; state: Uint8Array }

/**
 * Somebody writes: runs of letters here and there in a long text, and now and then takes some back. The longer the
 * runs, the smaller the state. The same words at every call.
 */
export function writeEdits({ count, run }: { count: number; run: number }): Edits {
  const doc = new Y.Doc()
  const chance = chanceFrom(20_261_124)
  const updates: Uint8Array[] = []
  doc.clientID = 1_500_000_000
  const text = new Y.XmlText()
  doc.transact(() => {
    const paragraph = new Y.XmlElement('paragraph')
    paragraph.insert(0, [text])
    fieldFragment(doc, 'presentation').insert(0, [paragraph])
  })
  updates.push(Y.encodeStateAsUpdate(doc))
  doc.on('update', (update: Uint8Array) => updates.push(update))
  for (let at = 0, left = 0, edits = 1; edits < count; edits++) {
    if (left === 0) {
      left = 1 + Math.floor(chance() * (2 * run - 1))
      at = Math.floor(chance() * (text.length + 1))
    }
    left--
    const isBackspace = at > 0 && chance() < 0.08
    if (isBackspace) text.delete(--at, 1)
    else text.insert(at++, letters[Math.floor(chance() * letters.length)] ?? 'e')
  }
  const state = Y.encodeStateAsUpdate(doc)
  doc.destroy()
  return { updates, state }
}

const letters = 'etaoinsrhldcumfgpyw bvkæøå   '

// A small generator of its own (mulberry32): Math.random has no seed.
function chanceFrom(seed: number): () => number {
  let state = seed
  return () => {
    state = (state + 0x6d2b79f5) | 0
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state)
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 4_294_967_296
  }
}
