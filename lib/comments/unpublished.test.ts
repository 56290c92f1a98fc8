import { strFromU8, unzipSync } from 'fflate'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { addAnnexFile, addLink, readAnnex } from '@/lib/agenda/annex-service.ts'
import { addItem } from '@/lib/agenda/arrange-service.ts'
import { loadAuthors } from '@/lib/agenda/author-service.ts'
import { emptyContent, readState } from '@/lib/agenda/doc.ts'
import type { Prose } from '@/lib/agenda/prose.ts'
import { loadAgenda, sentStates } from '@/lib/agenda/service.ts'
import { keepNamed, versionsOf } from '@/lib/agenda/version-service.ts'
import { loadComparison, loadSinceApproved } from '@/lib/approval/read-service.ts'
import { approve, loadApprovals, loadHistory, returnItem, submit } from '@/lib/approval/service.ts'
import { db } from '@/lib/db.ts'
import { loadReading } from '@/lib/dispatch/reading-service.ts'
import { remindAll } from '@/lib/dispatch/reminder-service.ts'
import {
  dispatch,
  giveLateReason,
  loadEdition,
  loadReadiness,
  loadSentDifference,
  readSentAnnex,
  startRevision,
} from '@/lib/dispatch/service.ts'
import type { Actor } from '@/lib/identity/schema.ts'
import { setTestEnv } from '@/lib/identity/testing/env.ts'
import type { Letter } from '@/lib/mail.ts'
import { listMeetings, loadPlan, openCalendar, readCalendar } from '@/lib/meeting/service.ts'
import { loadOutbox, sendNext } from '@/lib/notices/outbox-service.ts'
import { listNotices } from '@/lib/notices/service.ts'
import { type TestDatabase, testDatabase } from '@/prisma/testing/database.ts'
import {
  createActor,
  createBody,
  createItem,
  createMeeting,
  createSection,
} from '@/prisma/testing/factories.ts'
import { deleteComment, editComment, share } from './change-service.ts'
import type { Scope } from './schema.ts'
import { ask, loadThreads, reply, startThread } from './service.ts'
import { exportComments } from './table-service.ts'

/*
 * Comments live outside the agenda: what is published or sent holds none of them. Each thing said here carries a word
 * of its own; everything that goes out is made and looked through for all of them.
 */

const planted = {
  body: 'Kvartsur',
  leadership: 'Lindorm',
  group: 'Mosekone',
  private: 'Natugle',
  ownNote: 'Oldemor',
  question: 'Pibeler',
  answer: 'Regnkappe',
  before: 'Skovbund',
  after: 'Tordenvejr',
  deleted: 'Undermund',
  returned: 'Vandrotte',
  mention: 'Ymerdrys',
  closed: 'Zigzagkurs',
  afterDispatch: 'Ålegård',
} as const
type Planted = (typeof planted)[keyof typeof planted]

const bytes = (text: string) => new TextEncoder().encode(text)
const hex = (text: string) => Buffer.from(text).toString('hex')

/** The planted words that stand in a text, as letters or as the bytes of a column. */
function foundIn(text: string): Planted[] {
  return Object.values(planted).filter((word) => text.includes(word) || text.includes(hex(word)))
}

let now = Date.parse('2019-09-05T08:00:00Z')
const clock = () => {
  now += 1000
  return new Date(now)
}

function prose(text: string): Prose {
  return { type: 'doc', content: [{ type: 'paragraph', content: [{ type: 'text', text }] }] }
}
const content = (title: string) => ({
  title,
  kind: 'decision' as const,
  fields: { ...emptyContent.fields, recommendation: prose(`At rådet godkender ${title}`) },
})

let database: TestDatabase
let people: Record<'secretary' | 'chair' | 'blue' | 'red' | 'observer', Actor>
let meetingId = ''
let sectionId = ''
let bodyId = ''
let items: Record<'budget' | 'sale', string>
let annexId = ''

beforeAll(async () => {
  setTestEnv({ SMTP_URL: 'smtp://localhost', MAIL_FROM: 'dagsorden@example.org' })
  database = await testDatabase()
  const body = await createBody({ approvalRule: 'either' })
  bodyId = body.id
  await db().body.update({ where: { id: bodyId }, data: { groupsAreOpen: true } })
  people = {
    secretary: await createActor({ bodyId, role: 'secretariat', name: 'Sekretær', initials: 'jhp' }),
    chair: await createActor({ bodyId, role: 'chair', position: 'chair' }),
    blue: await createActor({ bodyId, role: 'member', politicalGroup: 'V', readsClosed: true }),
    red: await createActor({ bodyId, role: 'member', politicalGroup: 'A', readsClosed: false }),
    observer: await createActor({ bodyId, role: 'observer' }),
  }
  meetingId = (await createMeeting({ bodyId })).id
  sectionId = (await createSection({ meetingId })).id
  const place = { meetingId, sectionId }
  const budget = await createItem({ ...place, content: content('Budget') })
  const sale = await createItem({
    ...place,
    position: 1,
    content: content('Salg til Hansen'),
    visibility: 'closed',
    publicTitle: 'Salg af grund',
  })
  items = { budget: budget.id, sale: sale.id }
  const annex = await addAnnexFile(people.secretary, {
    itemId: items.budget,
    title: 'Notat',
    fileName: 'notat.txt',
    data: bytes('Et notat om budgettet'),
  })
  annexId = annex.id
  await plantAll()
  await publishAll()
  await sayAfter()
}, 120_000)
afterAll(() => database.close())

const selection = { field: 'recommendation' as const, from: 3, to: 8, quote: 'rådet' }
const start = (actor: Actor, scope: Scope, text: string, itemId = items.budget) =>
  startThread(actor, { itemId, scope, text, selection }, clock)
const replied = (actor: Actor, threadId: string, text: string) => reply(actor, { threadId, text }, clock)

async function plantAll() {
  const { secretary, chair, blue, red } = people
  await submit(secretary, { meetingId, itemIds: Object.values(items) }, clock)
  const { threadId } = await start(red, 'body', planted.body)
  await replied(blue, threadId, `@jhp ${planted.mention}`)
  const edited = await replied(blue, threadId, planted.before)
  await editComment(blue, { commentId: edited.commentId, text: planted.after }, clock)
  const gone = await replied(red, threadId, planted.deleted)
  expect(foundIn(JSON.stringify(await loadThreads(red, meetingId)))).toContain(planted.deleted)
  await deleteComment(red, { commentId: gone.commentId }, clock)
  await start(blue, 'leadership', planted.leadership)
  await start(blue, 'group', planted.group)
  await start(blue, 'private', planted.private)
  await start(secretary, 'private', planted.ownNote)
  await start(chair, 'body', planted.closed, items.sale)
  const asked = await ask(red, { itemId: items.budget, text: planted.question, selection }, clock)
  await replied(secretary, asked.threadId, planted.answer)
  await share(secretary, { threadId: asked.threadId, shared: true }, clock)
  const { items: states } = await loadApprovals(chair, meetingId, clock)
  const seenHash = states.find(({ itemId }) => itemId === items.budget)?.contentHash ?? ''
  await returnItem(chair, { itemId: items.budget, seenHash, reason: planted.returned, selection }, clock)
}

async function publishAll() {
  const { secretary, chair } = people
  await keepNamed(secretary, { itemId: items.budget, name: 'Før udsendelsen' })
  await remindAll(new Date(now), (error) => {
    throw error
  })
  await send()
  await startRevision(secretary, { meetingId, revision: 'edition' }, clock)
  await addLink(secretary, { itemId: items.budget, title: 'Baggrundstal', url: 'https://kl.dk/tal' })
  const { items: states } = await loadApprovals(chair, meetingId, clock)
  for (const { itemId, contentHash } of states) await approve(chair, { itemId, seenHash: contentHash }, clock)
  await send()
  await startRevision(secretary, { meetingId, revision: 'supplement' }, clock)
  const late = await addItem(secretary, { sectionId, title: 'Et sent punkt', at: 2 })
  await giveLateReason(secretary, { itemId: late.id, reason: 'Svaret kom i går' })
  await send()
}

async function send() {
  const { findings } = await loadReadiness(people.secretary, meetingId, clock)
  const wish = { meetingId, reason: 'Haster', seen: findings.map(({ key }) => key) }
  expect(await dispatch(people.secretary, wish, clock)).toMatchObject({ outcome: 'sent' })
}

async function sayAfter() {
  const { threadId } = await start(people.blue, 'body', planted.afterDispatch)
  await replied(people.secretary, threadId, planted.afterDispatch)
}

/** Every mail there is to send, as it leaves. */
async function letters(): Promise<Letter[]> {
  const sent: Letter[] = []
  const mailer = { check: async () => undefined, send: async (letter: Letter) => void sent.push(letter) }
  const hour = 3_600_000
  for (let at = now; at < now + 48 * hour; at += hour) {
    const post = { mailer, clock: () => new Date(at), chance: () => 0 }
    while ((await sendNext(post)) !== 'idle') expect(sent.length).toBeLessThan(100)
  }
  return sent
}

/** Every row of every table but those of conversations; bytes come as hexadecimal. */
async function keptElsewhere(): Promise<string> {
  const own = ['Thread', 'Comment', 'EarlierComment']
  const tables = await db().$queryRaw<{ name: string }[]>`
    SELECT table_name::text AS name FROM information_schema.tables
    WHERE table_schema = 'public' AND table_type = 'BASE TABLE'`
  expect(tables.map(({ name }) => name)).toEqual(expect.arrayContaining([...own, 'Edition', 'Version']))
  const lines: string[] = []
  for (const { name } of tables.filter((table) => !own.includes(table.name))) {
    const rows = await db().$queryRawUnsafe<{ line: string }[]>(
      `SELECT row_to_json(t)::text AS line FROM "${name}" t`,
    )
    for (const { line } of rows) {
      const row = JSON.parse(line)
      // Why an item was returned stands with the verdict too, for the secretariat and the chairmanship.
      if (name === 'Approval') delete row.reason
      lines.push(`${name} ${JSON.stringify(row)}`)
    }
  }
  return lines.join('\n')
}

describe('the words are there to be found', () => {
  it('in the threads of who may read them', async () => {
    const seen = async (actor: Actor) => foundIn(JSON.stringify(await loadThreads(actor, meetingId)))
    const { private: note, ownNote, group, deleted: gone, ...rest } = planted
    const words = (more: Planted[]) => [...Object.values(rest), ...more].sort()
    expect((await seen(people.secretary)).sort()).toEqual(words([group, ownNote]))
    expect(await seen(people.red)).not.toContain(gone)
    const { leadership, returned: _, closed, ...shared } = rest
    expect((await seen(people.blue)).sort()).toEqual(
      [...Object.values(shared), group, note, leadership, closed].sort(),
    )
    expect(await seen(people.observer)).toEqual(expect.arrayContaining([planted.body, planted.answer]))
  })

  it.each(['csv', 'docx'] as const)('in the %s of who exports them', async (format) => {
    const { data } = await exportComments(people.secretary, { meetingId, format, locale: 'da' }, clock)
    const text = format === 'csv' ? strFromU8(data) : strFromU8(unzipSync(data)['word/document.xml'] ?? data)
    const { private: _, ownNote, before, deleted, ...exported } = planted
    expect(foundIn(text).sort()).toEqual(Object.values(exported).sort())
  })

  it('also as bytes', () => {
    expect(foundIn(`\\x00${hex(planted.body)}`)).toEqual([planted.body])
  })
})

describe('none of them stands in', () => {
  it('what was sent, its records, or anything else that is kept', async () => {
    const kept = await keptElsewhere()
    for (const table of [
      'Edition',
      'EditionItem',
      'EditionAnnex',
      'AnnexFile',
      'Mail',
      'Notice',
      'AuditEvent',
    ])
      expect(kept).toContain(`${table} {`)
    expect(kept).toContain(hex('Et notat om budgettet'))
    expect(foundIn(kept)).toEqual([])
  })

  it('the kept versions, their comparison and the history', async () => {
    const { secretary } = people
    for (const itemId of Object.values(items)) {
      const versions = await versionsOf(itemId)
      expect(versions.length).toBeGreaterThan(2)
      const states = await sentStates(
        db(),
        versions.map(({ id }) => id),
      )
      const words = [...states.values()].map(({ state }) => readState(state))
      expect(JSON.stringify(words)).toContain('At rådet godkender')
      const compared = await loadComparison(secretary, { itemId, from: versions.at(-1)?.id ?? '', to: 'now' })
      const { entries } = await loadHistory(secretary, itemId)
      // The office reads there why an item was returned: that is the verdict, and is published nowhere.
      const history = entries.map(({ reason: _, ...entry }) => entry)
      const all = { versions, words, compared, history, authors: await loadAuthors(secretary, itemId) }
      expect(foundIn(JSON.stringify(all))).toEqual([])
      for (const reader of [people.blue, people.red, people.observer])
        await expect(loadHistory(reader, itemId)).rejects.toThrow()
    }
  })

  it.each(['secretary', 'chair', 'blue', 'red', 'observer'] as const)('what %s reads', async (name) => {
    const actor = people[name]
    const isOffice = name === 'secretary' || name === 'chair'
    const editions = [null, 1, 2, 3].map((number) => loadEdition(actor, meetingId, number))
    const read: unknown[] = [
      ...(await Promise.all(editions)),
      await loadAgenda(actor, meetingId),
      await loadReading(actor, meetingId, null),
      await loadReading(actor, meetingId, '1'),
      await listMeetings(actor, new Date(now)),
      await listNotices(actor),
      await loadSentDifference(actor, items.budget),
      await loadSinceApproved(actor, items.budget),
    ]
    if (isOffice) read.push(await loadReading(actor, meetingId, 'kladde'))
    else read.push(await loadApprovals(actor, meetingId, clock))
    if (name === 'secretary')
      read.push(
        await loadReadiness(actor, meetingId, clock),
        await loadPlan(actor, meetingId),
        await loadOutbox(actor, bodyId),
      )
    const text = JSON.stringify(read)
    expect(text).toContain('At rådet godkender Budget')
    expect(foundIn(text)).toEqual([])
  })

  it('the files and the calendar', async () => {
    const files = [await readSentAnnex(people.red, annexId), await readAnnex(people.secretary, annexId)]
    for (const { data } of files) expect(strFromU8(data)).toBe('Et notat om budgettet')
    for (const actor of Object.values(people)) {
      const { address } = await openCalendar(actor, clock())
      const feed = await readCalendar(address.split('/').at(-1)?.replace('.ics', '') ?? '', clock())
      expect(feed).toContain('BEGIN:VEVENT')
      expect(foundIn(feed)).toEqual([])
    }
  })

  it('the mails', async () => {
    const sent = await letters()
    const told = JSON.stringify(sent)
    const { observer: _, ...receivers } = people
    for (const { userId } of Object.values(receivers)) {
      const { email } = await db().user.findUniqueOrThrow({ where: { id: userId } })
      expect(told).toContain(email)
    }
    const notices = await db().notice.findMany({ where: { mail: { state: 'sent' } } })
    expect(notices.map(({ kind }) => kind)).toEqual(
      expect.arrayContaining(['item-returned', 'comment-answered', 'question-answered', 'agenda-dispatched']),
    )
    expect(foundIn(told)).toEqual([])
  })
})
