import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import path from 'node:path'
import type * as Y from 'yjs'
import { readDocument } from '@/lib/agenda/doc-store.ts'
import { db, type OpenDatabase, setDatabase } from '@/lib/db.ts'
import { attachDatabase, openDatabase } from '@/prisma/open.ts'
import { createActor, createAgenda, createItem } from '@/prisma/testing/factories.ts'
import { newPostgres } from '@/prisma/testing/postgres.ts'
import type { Limits } from '../../limits.ts'
import { type Chance, chance } from '../chance.ts'
import { browserWith, cookieFor, settle } from '../sessions.ts'
import type { ServerFigures } from './orders.ts'
import { freePort } from './ports.ts'
import { ServerProcess } from './server-process.ts'
import { Typist } from './typist.ts'
import { Wire } from './wire.ts'
import { docOf } from './words.ts'

/** Which database a server under test is on. */
export type StoreName = 'embedded' | 'postgresql'

/** How a site is opened. */
export type SiteSettings = {
  store: StoreName
  program: string
  /** A PostgreSQL server and a migrated database on it to copy; needed for that store only. */
  postgres: { url: string; template: string } | null
  seed: number
  limits?: Partial<Limits>
  env?: Record<string, string>
}

type Agenda = Awaited<ReturnType<typeof createAgenda>>

/**
 * A server under test with all around it: its process, with another standing by to take its place; a wire from the
 * clients to it and one from it to its database; one agenda and people who may write in it. The harness looks into
 * the database past the wire.
 */
export class Site {
  readonly store: StoreName
  readonly below: Chance
  /** Clients dial here. */
  readonly clients: Wire
  /** Between the server and its database; null on the embedded store, which nothing comes between. */
  readonly link: Wire | null
  readonly agenda: Agenda
  readonly folder: string
  readonly #settings: SiteSettings
  readonly #drop: () => Promise<void>
  readonly #people: { userId: string; cookie: string }[]
  #open: OpenDatabase | null
  #server: ServerProcess
  #next: ServerProcess
  #typists: Typist[] = []

  private constructor(made: {
    settings: SiteSettings
    clients: Wire
    link: Wire | null
    agenda: Agenda
    people: { userId: string; cookie: string }[]
    folder: string
    open: OpenDatabase | null
    drop: () => Promise<void>
  }) {
    this.#settings = made.settings
    this.store = made.settings.store
    this.below = chance(made.settings.seed)
    this.clients = made.clients
    this.link = made.link
    this.agenda = made.agenda
    this.folder = made.folder
    this.#people = made.people
    this.#open = made.open
    this.#drop = made.drop
    this.#server = new ServerProcess(made.settings.program)
    this.#next = this.#server
  }

  /** Opens a site and starts its server. */
  static async open(settings: SiteSettings): Promise<Site> {
    settle()
    const folder = await mkdtemp(path.join(tmpdir(), 'dagsorden-fault-'))
    const { store, postgres } = settings
    const clients = await Wire.to({ host: '127.0.0.1', port: 1 })
    if (store === 'postgresql' && !postgres) throw new Error('There is no PostgreSQL server')
    const made = store === 'postgresql' && postgres ? await onPostgres(postgres) : await inFolder(folder)
    const agenda = await createAgenda({ submittedAt: new Date(), content: start })
    const people = []
    for (let at = 0; at < 20; at++) {
      const { userId } = await createActor({ bodyId: agenda.body.id, role: 'secretariat', name: `Person ${at}` })
      people.push({ userId, cookie: await cookieFor(userId) })
    }
    if (store === 'embedded') {
      // Its folder has room for one process.
      setDatabase(null)
      await made.open?.close()
      made.open = null
    }
    const site = new Site({ settings, clients, agenda, people, folder, ...made })
    await site.start()
    return site
  }

  get server(): ServerProcess {
    return this.#server
  }

  /** `ws://…/sync`, through the wire. */
  get url(): string {
    return `ws://127.0.0.1:${this.clients.port}/sync`
  }

  /** Starts the process that stands by in place of the one before, which must be gone, and lets another stand by. */
  async start(limits: Partial<Limits> = {}): Promise<void> {
    this.#server = this.#next
    this.#next = new ServerProcess(this.#settings.program)
    const port = await freePort()
    await this.#server.begin({
      port,
      env: { ...this.databaseEnv(), ...this.#settings.env },
      limits: { ...this.#settings.limits, ...limits } as Record<string, number>,
    })
    this.clients.leadTo({ host: '127.0.0.1', port })
    if (this.store !== 'embedded') return
    await this.#open?.close()
    this.#open = attachDatabase({ url: this.#server.databaseUrl, kind: 'embedded' })
    setDatabase(this.#open)
  }

  /** The settings by which a process finds this site's database. */
  databaseEnv(): Record<string, string> {
    if (!this.link) return { DATA_DIR: this.folder }
    const url = new URL(this.#open?.url ?? '')
    url.port = `${this.link.port}`
    return { DATABASE_URL: url.href, DATA_DIR: this.folder }
  }

  /** Kills the server and waits for its end. */
  async kill(): Promise<void> {
    this.#server.kill()
    await this.#server.ended()
  }

  /** Makes another item of the agenda. */
  async item(content = start): Promise<{ id: string; documentId: string; state: Uint8Array }> {
    const { meeting, section } = this.agenda
    return createItem({ meetingId: meeting.id, sectionId: section.id, submittedAt: new Date(), content })
  }

  /** The items of the agenda, but for the one it began with. */
  async itemIds(): Promise<string[]> {
    const { meeting, item } = this.agenda
    const rows = await db().item.findMany({
      where: { meetingId: meeting.id, id: { not: item.id } },
      select: { id: true },
    })
    return rows.map(({ id }) => id)
  }

  /** Somebody of the secretariat. */
  person(at: number): { userId: string; cookie: string } {
    const person = this.#people[at % this.#people.length]
    if (!person) throw new Error('Nobody is there')
    return person
  }

  /** What somebody's browser sends along. */
  headers(at: number): { Cookie: string; Origin: string } {
    return { Cookie: this.person(at).cookie, Origin: `http://127.0.0.1:${this.clients.port}` }
  }

  /** The socket class of somebody's browser. */
  browser(at: number): typeof globalThis.WebSocket {
    return browserWith(this.headers(at))
  }

  /** A client who may write in an item; it is there, and made to leave when the site closes. */
  typist(itemId: string, { name = `t${this.#typists.length}`, patience }: { name?: string; patience?: number } = {}): Typist {
    const typist = new Typist({
      name,
      url: () => `${this.url}/item/${itemId}?generation=1&write=1`,
      headers: this.headers(this.#typists.length),
      below: this.below,
      ...(patience !== undefined && { patience }),
    })
    this.#typists.push(typist)
    return typist
  }

  /** The document as it stands in the database, read past the server. */
  async stored(itemId: string, generation = 1): Promise<Y.Doc> {
    const kept = await readDocument(db(), { itemId, generation })
    if (!kept) throw new Error('The document is not there')
    return docOf(kept.state)
  }

  figures(options?: { collect: boolean }): Promise<ServerFigures> {
    return this.#server.figures(options)
  }

  async close(): Promise<void> {
    for (const typist of this.#typists) typist.leave()
    this.link?.mend()
    this.link?.slow(0)
    for (const process of [this.#server, this.#next]) process.kill()
    await this.#server.ended()
    await this.#next.ended()
    setDatabase(null)
    await this.#open?.close()
    await this.clients.close()
    await this.link?.close()
    await this.#drop()
    await rm(this.folder, { recursive: true, force: true })
  }
}

const start = {
  fields: {
    background: {
      type: 'doc' as const,
      content: [{ type: 'paragraph' as const, content: [{ type: 'text' as const, text: 'Sagen er denne: ' }] }],
    },
    recommendation: null,
    presentation: null,
    decision: null,
  },
}

type Made = { link: Wire | null; open: OpenDatabase | null; drop: () => Promise<void> }

async function onPostgres({ url: server, template }: { url: string; template: string }): Promise<Made> {
  const { url, drop } = await newPostgres(server, template)
  const { hostname, port } = new URL(url)
  const link = await Wire.to({ host: hostname, port: Number(port) })
  const open = attachDatabase({ url, kind: 'postgresql' })
  setDatabase(open)
  return { link, open, drop }
}

async function inFolder(dataDir: string): Promise<Made> {
  const open = await openDatabase({ dataDir })
  setDatabase(open)
  return { link: null, open, drop: () => Promise.resolve() }
}
