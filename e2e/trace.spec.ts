import { readFileSync, writeFileSync } from 'node:fs'
import path from 'node:path'
import type { Page } from '@playwright/test'
import * as decoding from 'lib0/decoding'
import { messageTypes, syncTypes } from '@/lib/sync/messages.ts'
import { projectRoot } from '@/prisma/root.ts'
import { packSession, type Recorded, sessionFile } from '@/server/bench/trace/session.ts'
import { arrive } from './support/people.ts'
import { startServer } from './support/server.ts'
import { caretAtEnd, type FieldLabel, openMeeting, saved, visit } from './support/workspace.ts'
import { expect, test } from './support/world.ts'

/*
 * `npm run trace`: records what the editors of two people really send while both write in one item, for the benchmark
 * to replay. It is run again when the wire or the editor changes.
 */

const seconds = 60
const number = '3.2'
const fields: FieldLabel[] = ['Indstilling', 'Sagsfremstilling']

test('two people write in one item for a minute', async ({ browser }) => {
  test.setTimeout(300_000)
  const server = await startServer()
  const pages: Page[] = []
  const frames: Recorded[] = []
  let state: Uint8Array | null = null
  let began = 0
  for (const [author, initials] of (['jhp', 'chbo'] as const).entries()) {
    const page = await arrive(await browser.newContext(), initials, server.url)
    page.on('websocket', (socket) => {
      if (!socket.url().includes('/sync/item/')) return
      socket.on('framesent', ({ payload }) => {
        if (typeof payload === 'string' || began === 0 || !isHeard(payload)) return
        // Of the other items beside it nothing is written; their presence is not of this room.
        if (rooms.get(socket.url()) === number)
          frames.push({ at: performance.now() - began, author, payload })
      })
      socket.on('framereceived', ({ payload }) => {
        if (typeof payload !== 'string')
          states.set(socket.url(), stateOf(payload) ?? states.get(socket.url()) ?? null)
      })
    })
    await openMeeting(page)
    pages.push(page)
  }
  const lines = readFileSync(path.join(projectRoot, 'prisma/demo/agenda.txt'), 'utf8').split('\n')
  const texts = lines.map((line) => line.trim()).filter((line) => line.length > 80)
  for (const [at, page] of pages.entries()) await caretAtEnd(await visit(page, number, fields[at]))
  const id = await itemId(pages[0])
  for (const url of states.keys()) if (url.includes(id)) rooms.set(url, number)
  for (const [url, known] of states) if (url.includes(id) && known) state = known
  expect(state).not.toBeNull()
  began = performance.now()
  const half = Math.floor(texts.length / 2)
  await Promise.all([texts.slice(0, half), texts.slice(half)].map((own, at) => write(pages[at], own)))
  for (const page of pages) await saved(page)
  await server.dispose()
  for (const author of [0, 1])
    expect(frames.filter((frame) => frame.author === author).length).toBeGreaterThan(seconds * 5)
  writeFileSync(sessionFile, packSession({ state: state ?? new Uint8Array(), frames }))
})

/** What is known of each socket: the item it is in, and the state it was given. */
const rooms = new Map<string, string>()
const states = new Map<string, Uint8Array | null>()

async function itemId(page: Page | undefined): Promise<string> {
  const article = page?.locator('article[id^="item-"]', { hasText: number }).first()
  return ((await article?.getAttribute('id')) ?? '').replace('item-', '')
}

/** Writes as people do: words and pauses, a word taken back now and then, a paragraph, something bold. */
async function write(page: Page | undefined, texts: string[]): Promise<void> {
  if (!page) return
  const end = performance.now() + seconds * 1000
  for (let line = 0; performance.now() < end; line = (line + 1) % texts.length) {
    const text = texts[line] ?? ''
    await page.keyboard.press('Enter')
    for (const [at, word] of text.split(' ').entries()) {
      if (performance.now() > end) return
      if (at % 11 === 10) await page.keyboard.press('Control+b')
      await page.keyboard.type(`${word} `, { delay: 70 })
      if (at % 7 === 6)
        for (let back = 0; back < 4; back++) await page.keyboard.press('Backspace', { delay: 60 })
      if (at % 13 === 12) await page.keyboard.press('ArrowLeft')
    }
  }
}

/** Is it an update or presence, which others in the room are told? */
function isHeard(payload: Buffer): boolean {
  return (
    payload[0] === messageTypes.awareness ||
    (payload[0] === messageTypes.sync && payload[1] === syncTypes.update)
  )
}

function stateOf(payload: Buffer): Uint8Array | null {
  if (payload[0] !== messageTypes.sync || payload[1] !== syncTypes.step2) return null
  const decoder = decoding.createDecoder(payload)
  decoding.readVarUint(decoder)
  decoding.readVarUint(decoder)
  return decoding.readVarUint8Array(decoder)
}
