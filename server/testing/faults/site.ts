import { cp, mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import path from 'node:path'
import type * as Y from 'yjs'
import { itemsBehind, readDocument } from '@/lib/agenda/doc-store.ts'
import { db, type OpenDatabase, setDatabase } from '@/lib/db.ts'
import { attachDatabase } from '@/prisma/open.ts'
import { createActor, createAgenda, createItem } from '@/prisma/testing/factories.ts'
import { newPostgres } from '@/prisma/testing/postgres.ts'
import type { Limits } from '../../limits.ts'
import { type Chance, chance } from '../chance.ts'
import { freePort } from '../free-port.ts'
import { browserWith, cookieFor, settle } from '../sessions.ts'
import type { ServerFigures } from './orders.ts'
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
  /** Migrated databases to copy: one on a PostgreSQL server, and the folder of an embedded one. */
  postgres: { url: string; template: string } | null
  embedded: () => Promise<string>
  seed: number
  limits: Partial<Limits>
  /** Does another process stand by at all times? For who restarts often. */
  standsBy: boolean
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
  readonly folder: string
  /** How many connections to PostgreSQL the server may hold, beside the one it hears signals by. */
  connections = 10
  /** Where the server itself listens, behind the wire. */
  port = 0
  readonly #settings: SiteSettings
  readonly #drops: (() => Promise<void>)[]
  #agenda: Agenda | null = null
  #people: { userId: string; cookie: string }[] = []
  #open: OpenDatabase | null
  #server: ServerProcess
  #next: ServerProcess | null = null
  #typists: Typist[] = []

  private constructor(made: {
    settings: SiteSettings
    clients: Wire
    link: Wire | null
    folder: string
    open: OpenDatabase | null
    drop: () => Promise<void>
  }) {
    this.#settings = made.settings
    this.store = made.settings.store
    this.below = chance(made.settings.seed)
    this.clients = made.clients
    this.link = made.link
    this.folder = made.folder
    this.#open = made.open
    this.#drops = [made.drop]
    this.#server = new ServerProcess(made.settings.program)
  }

  /** Opens a site and starts its server. */
  static async open(settings: SiteSettings): Promise<Site> {
    settle()
    const folder = await mkdtemp(path.join(tmpdir(), 'dagsorden-fault-'))
    const clients = await Wire.to({ host: '127.0.0.1', port: 1 })
    const made =
      settings.store === 'postgresql' ? await onPostgres(settings) : await inFolder(settings, folder)
    const site = new Site({ settings, clients, folder, ...made })
    await site.#takeOver(site.#server)
    await site.#fill()
    return site
  }

  async #fill(): Promise<void> {
    this.#agenda = await createAgenda({ submittedAt: new Date(), content: start })
    const bodyId = this.agenda.body.id
    for (let at = 0; at < 20; at++) {
      const { userId } = await createActor({ bodyId, role: 'secretariat', name: `Person ${at}` })
      this.#people.push({ userId, cookie: await cookieFor(userId) })
    }
  }

  get agenda(): Agenda {
    if (!this.#agenda) throw new Error('The agenda is not made yet')
    return this.#agenda
  }

  get server(): ServerProcess {
    return this.#server
  }

  /** `ws://…/sync`, through the wire. */
  get url(): string {
    return `ws://127.0.0.1:${this.clients.port}/sync`
  }

  /** Starts the process that stands by, or a new one, in place of the one before, which must be gone. */
  start(): Promise<void> {
    return this.#takeOver(this.#takeNext())
  }

  /** The next process begins, the one before stops in order, and from then on clients are led to the next. */
  async roll(): Promise<number | null> {
    const before = this.#server
    const after = this.#takeNext()
    await this.#begin(after)
    const code = await before.stop()
    this.#server = after
    this.clients.leadTo({ host: '127.0.0.1', port: this.port })
    return code
  }

  #takeNext(): ServerProcess {
    const next = this.#next ?? new ServerProcess(this.#settings.program)
    this.#next = null
    return next
  }

  async #takeOver(server: ServerProcess): Promise<void> {
    this.#server = server
    await this.#begin(server)
    this.clients.leadTo({ host: '127.0.0.1', port: this.port })
    if (this.store !== 'embedded') return
    await this.#open?.close()
    this.#open = attachDatabase({ url: server.databaseUrl, kind: 'embedded' })
    setDatabase(this.#open)
  }

  async #begin(server: ServerProcess): Promise<void> {
    const { limits, standsBy, program } = this.#settings
    this.port = await freePort()
    await server.begin({ port: this.port, env: this.databaseEnv(), limits: limits as Record<string, number> })
    if (standsBy) this.#next = new ServerProcess(program)
  }

  /** The site's database as the harness has it open. */
  get database(): OpenDatabase {
    if (!this.#open) throw new Error('The database is not open')
    return this.#open
  }

  /** Opens the site's database as the server sees it, through the wire. */
  throughLink(): OpenDatabase {
    return attachDatabase({ url: this.databaseEnv().DATABASE_URL ?? '', kind: 'postgresql' })
  }

  /** The settings by which a process finds this site's database. */
  databaseEnv(): Record<string, string> {
    if (!this.link) return { DATA_DIR: this.folder }
    const url = new URL(this.#open?.url ?? '')
    url.port = `${this.link.port}`
    url.searchParams.set('connection_limit', `${this.connections}`)
    return { DATABASE_URL: url.href, DATA_DIR: this.folder }
  }

  /** The settings by which a command finds the database itself, with no wire between. */
  ownDatabase(): Record<string, string> {
    return { DATABASE_URL: this.link ? this.database.url : '', DATA_DIR: this.folder }
  }

  /** Kills the server and waits for its end. */
  async kill(): Promise<void> {
    this.#server.kill()
    await this.#server.ended()
  }

  /** Copies the database while no server runs, and answers how it is put back, when none runs again. */
  async backUp(): Promise<() => Promise<void>> {
    const { postgres } = this.#settings
    if (this.store === 'embedded' || !postgres) {
      // Beside the files there lie sockets of a process that is gone.
      const [files, kept] = [path.join(this.folder, 'db'), path.join(this.folder, 'backup')]
      await cp(files, kept, { recursive: true })
      return async () => {
        await rm(files, { recursive: true })
        await cp(kept, files, { recursive: true })
        await rm(kept, { recursive: true })
      }
    }
    const backup = await this.#copyOf(this.database.url, postgres.url)
    this.#reopen(this.database.url)
    return async () => {
      this.#reopen(await this.#copyOf(backup, postgres.url))
    }
  }

  /** A copy of a PostgreSQL database, which nobody may have open; answers its address. */
  async #copyOf(url: string, server: string): Promise<string> {
    await this.database.close()
    const name = new URL(url).pathname.slice(1)
    const admin = attachDatabase({ url: server, kind: 'postgresql' })
    // Those of a process that was killed are there for a moment more.
    await admin.ask('SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE datname = $1', [name])
    await admin.close()
    const copy = await newPostgres(server, name)
    this.#drops.push(copy.drop)
    return copy.url
  }

  #reopen(url: string): void {
    this.#open = attachDatabase({ url, kind: 'postgresql' })
    setDatabase(this.#open)
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

  /** The socket class of a browser that sends these along, as they are when it dials. */
  browserWith(headers: Record<string, string>): typeof globalThis.WebSocket {
    return browserWith(headers)
  }

  /** The bundled program of the server. */
  get program(): string {
    return this.#settings.program
  }

  /** A client who may write in an item, as one of the first ten people unless said; it leaves when the site closes. */
  typist(
    itemId: string,
    given: { name?: string; patience?: number; as?: number; generation?: number } = {},
  ): Typist {
    const {
      name = `t${this.#typists.length}`,
      patience,
      as = this.#typists.length % 10,
      generation = 1,
    } = given
    const typist = new Typist({
      name,
      url: () => `${this.url}/item/${itemId}?generation=${generation}&write=1`,
      headers: this.headers(as),
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

  /** What pages read of an item, once the server has written all that is stored. */
  async projection(itemId: string): Promise<{ title: string; contentHash: string }> {
    const deadline = performance.now() + 60_000
    while ((await itemsBehind(db())).includes(itemId)) {
      if (performance.now() > deadline) throw new Error('The item was never projected')
      await new Promise((resolve) => setTimeout(resolve, 20))
    }
    return db().item.findUniqueOrThrow({ where: { id: itemId }, select: { title: true, contentHash: true } })
  }

  figures(options?: { collect: boolean }): Promise<ServerFigures> {
    return this.#server.figures(options)
  }

  async close(): Promise<void> {
    for (const typist of this.#typists) typist.leave()
    this.link?.mend()
    this.link?.slow(0)
    for (const process of [this.#server, this.#next]) process?.kill()
    await this.#server.ended()
    await this.#next?.ended()
    setDatabase(null)
    await this.#open?.close()
    await this.clients.close()
    await this.link?.close()
    for (const drop of this.#drops) await drop()
    await rm(this.folder, { recursive: true, force: true })
  }
}

const start = {
  fields: {
    background: {
      type: 'doc' as const,
      content: [
        { type: 'paragraph' as const, content: [{ type: 'text' as const, text: 'Sagen er denne: ' }] },
      ],
    },
    recommendation: null,
    presentation: null,
    decision: null,
  },
}

type Made = { link: Wire | null; open: OpenDatabase | null; drop: () => Promise<void> }

async function onPostgres({ postgres }: SiteSettings): Promise<Made> {
  if (!postgres) throw new Error('There is no PostgreSQL server')
  const { url, drop } = await newPostgres(postgres.url, postgres.template)
  const { hostname, port } = new URL(url)
  const link = await Wire.to({ host: hostname, port: Number(port) })
  const open = attachDatabase({ url, kind: 'postgresql' })
  setDatabase(open)
  return { link, open, drop }
}

async function inFolder({ embedded }: SiteSettings, folder: string): Promise<Made> {
  await cp(await embedded(), folder, { recursive: true })
  return { link: null, open: null, drop: () => Promise.resolve() }
}
