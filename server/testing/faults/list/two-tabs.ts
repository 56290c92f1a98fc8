import type * as Y from 'yjs'
import { type ItemConnection, openItem } from '@/components/agenda/connection.ts'
import { metaMap } from '@/lib/agenda/doc.ts'
import { db } from '@/lib/db.ts'
import { signal } from '@/lib/signals.ts'
import { closeCodes } from '@/lib/sync/close-codes.ts'
import { Violation } from '../checker.ts'
import type { Fault, Figures, Scene } from '../fault.ts'
import type { Site } from '../site.ts'
import { pause } from '../typing.ts'
import { markOf, placesOf, sayingsOf, textsOf, wordsOf } from '../words.ts'

/** Fault 12: one person in two tabs, with our own client. */
export const twoTabs: Fault = {
  name: 'two-tabs',
  number: 12,
  about:
    'One person has an item open in two tabs, and in a third for reading: no echo, no doubled word, nothing passes between tabs but by the server, and signing out closes all.',
  stores: ['postgresql'],
  short: { times: 1, words: 40 },
  long: { times: 20, words: 300 },
  run,
}

async function run({ open, scale }: Scene): Promise<Figures> {
  const site = await open()
  let words = 0
  for (let at = 0; at < scale.times; at++) words += await writeInTabs(site, at, scale.words ?? 40)
  return {
    people: scale.times,
    tabs: scale.times * 3,
    words,
    echoes: 0,
    doubled: 0,
    'passed between tabs': 0,
  }
}

async function writeInTabs(site: Site, at: number, count: number): Promise<number> {
  const { id } = await site.item()
  const browser = new Cookies(site, at)
  const tabs = [openTab(site, id, browser), openTab(site, id, browser)]
  const reading = openTab(site, id, browser, false)
  const spied = spyOnTabs(site, id)
  await Promise.all([...tabs, reading].map(({ connection }) => connection.ready))
  const written: string[] = []
  for (let word = 0; word < count; word++) {
    const tab = tabs[site.below(2)]
    if (tab) written.push(tab.write(markOf(tab.name, word), site.below(1000)))
    // What a page does that may only read must reach neither the server nor another tab.
    if (word % 10 === 0) metaMap(reading.connection.doc).set('caseNumber', `by a reader ${word}`)
    if (word % 7 === 0) await pause(1)
  }
  for (const { connection } of tabs) await reached(connection, ({ status }) => status === 'saved')
  await until(() => tabs.every(({ connection }) => wordsOf(connection.doc).size === count))
  const stored = await site.stored(id)
  for (const [name, doc] of [
    ['stored', stored],
    ...tabs.map((tab) => [tab.name, tab.connection.doc] as const),
  ] as const)
    checkWords(name, doc, written)
  if (new Set([stored, ...tabs.map(({ connection }) => connection.doc)].map(sayingsOf)).size > 1)
    throw new Violation('Tabs differ', {})
  if (tabs.some(({ echoes }) => echoes() > 0)) throw new Violation('A tab heard its own words', {})
  if (spied.heard() > 0) throw new Violation('Something passed between tabs', { times: spied.heard() })
  await signOut(
    site,
    browser,
    [...tabs, reading].map(({ connection }) => connection),
  )
  spied.close()
  for (const { connection } of [...tabs, reading]) connection.close()
  return count
}

function checkWords(name: string, doc: Y.Doc, written: string[]): void {
  const words = wordsOf(doc)
  const wrong = written.filter((word) => words.get(word) !== 1)
  if (wrong.length > 0 || words.size !== written.length)
    throw new Violation('Words not there once', { name, wrong })
  if (metaMap(doc).get('caseNumber') !== '') throw new Violation('A reader wrote', { name })
}

/** Signing out closes every tab at once, and without the cookie none comes back. */
async function signOut(site: Site, browser: Cookies, connections: ItemConnection[]): Promise<void> {
  browser.forget()
  await signal(db(), { kind: 'signed-out', userId: browser.userId })
  for (const connection of connections) {
    const state = await reached(connection, ({ status }) => status === 'refused')
    if (state.status !== 'refused' || state.code !== closeCodes.refused)
      throw new Violation('A tab outlived the session', state)
  }
  if ((await site.figures()).connections > 0) throw new Violation('A socket outlived the session', {})
}

/** The cookies that all tabs of one browser share. */
class Cookies {
  readonly userId: string
  readonly headers: { Cookie: string; Origin: string }

  constructor(site: Site, at: number) {
    this.userId = site.person(at).userId
    this.headers = { ...site.headers(at) }
  }

  forget(): void {
    this.headers.Cookie = ''
  }
}

let tabCount = 0

function openTab(site: Site, itemId: string, { headers }: Cookies, write = true) {
  const connection = openItem({
    itemId,
    generation: 1,
    write,
    keepOffline: false,
    url: site.url,
    socket: site.browserWith(headers),
  })
  const { doc } = connection
  let own = ''
  let echoes = 0
  doc.on('update', (update: Uint8Array, origin: unknown) => {
    if (origin !== null && own && Buffer.from(update).includes(own)) echoes++
  })
  const name = `tab${tabCount++}`
  return {
    name,
    connection,
    echoes: () => echoes,
    write: (word: string, somewhere: number) => {
      own = word
      const [text] = textsOf(doc)
      const places = text ? placesOf(text) : []
      text?.insert(places[somewhere % (places.length + 1)]?.at ?? text.length, word)
      return word
    },
  }
}

/** y-websocket would pass words between the tabs of a browser by a channel of this name. */
function spyOnTabs(site: Site, itemId: string): { heard: () => number; close: () => void } {
  let heard = 0
  const channels = ['', '?generation=1', '?generation=1&write=1'].map((query) => {
    const channel = new BroadcastChannel(`${site.url}/item/${itemId}${query}`)
    channel.onmessage = () => {
      heard++
    }
    return channel
  })
  return { heard: () => heard, close: () => channels.map((channel) => channel.close()) }
}

type State = ReturnType<ItemConnection['saveState']>

async function reached(connection: ItemConnection, isMeant: (state: State) => boolean): Promise<State> {
  await until(() => isMeant(connection.saveState()))
  return connection.saveState()
}

async function until(isTrue: () => boolean): Promise<void> {
  const deadline = performance.now() + 15_000
  while (!isTrue()) {
    if (performance.now() > deadline) throw new Violation('Never came true', { what: isTrue.toString() })
    await pause(5)
  }
}
