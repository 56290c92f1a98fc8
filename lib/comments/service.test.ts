import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest'
import * as Y from 'yjs'
import { fieldFragment } from '@/lib/agenda/doc.ts'
import { append, readDocument } from '@/lib/agenda/doc-store.ts'
import type { Prose } from '@/lib/agenda/prose.ts'
import { exactItem } from '@/lib/agenda/service.ts'
import { closeItem, openItem } from '@/lib/agenda/visibility-service.ts'
import { db, transaction } from '@/lib/db.ts'
import type { ErrorCode } from '@/lib/errors.ts'
import type { Actor } from '@/lib/identity/schema.ts'
import { type TestDatabase, testDatabase } from '@/prisma/testing/database.ts'
import { createActor, createAgenda } from '@/prisma/testing/factories.ts'
import { signalsOf } from '@/prisma/testing/signals.ts'
import {
  assign,
  deleteComment,
  editComment,
  markHandled,
  narrow,
  reopen,
  resolve,
  share,
} from './change-service.ts'
import type { Scope, ThreadView } from './schema.ts'
import { ask, countUnread, loadThreads, markRead, mentionable, reply, startThread } from './service.ts'

const words = 'Rådet drøfter en strategi fra 2020.'
const background: Prose = {
  type: 'doc',
  content: [{ type: 'paragraph', content: [{ type: 'text', text: words }] }],
}
const noFields = { background: null, recommendation: null, presentation: null, decision: null }

let database: TestDatabase
beforeAll(async () => {
  database = await testDatabase()
})
afterAll(() => database.close())

type Agenda = Awaited<ReturnType<typeof createAgenda>>
let agenda: Agenda
let people: Record<'secretary' | 'chair' | 'blue' | 'blueToo' | 'red' | 'observer', Actor>

beforeEach(async () => {
  agenda = await createAgenda({
    content: { title: 'Sag', fields: { ...noFields, background } },
    submittedAt: new Date(),
  })
  const bodyId = agenda.body.id
  people = {
    secretary: await createActor({ bodyId, role: 'secretariat', name: 'Sekretær', initials: 'jhp' }),
    chair: await createActor({ bodyId, role: 'chair', position: 'chair', politicalGroup: 'A' }),
    blue: await createActor({ bodyId, role: 'member', politicalGroup: 'V', readsClosed: false }),
    blueToo: await createActor({ bodyId, role: 'member', politicalGroup: 'V' }),
    red: await createActor({ bodyId, role: 'member', politicalGroup: 'A' }),
    observer: await createActor({ bodyId, role: 'observer' }),
  }
})

function selection(quote: string) {
  const from = words.indexOf(quote)
  return { field: 'background' as const, from, to: from + quote.length, quote }
}
async function start(actor: Actor, scope: Scope = 'body', quote: string | null = 'en strategi') {
  const input = {
    itemId: agenda.item.id,
    scope,
    text: 'Hvorfor?',
    selection: quote === null ? null : selection(quote),
  }
  return (await startThread(actor, input)).threadId
}
async function threadsOf(actor: Actor): Promise<ThreadView[]> {
  return (await loadThreads(actor, agenda.meeting.id)).threads
}
async function onlyThread(actor: Actor): Promise<ThreadView> {
  const [thread, ...others] = await threadsOf(actor)
  if (!thread || others.length) throw new Error('not one thread')
  return thread
}
const refused = (code: ErrorCode) => expect.objectContaining({ code })
async function kept(generation = 1) {
  return readDocument(db(), { itemId: agenda.item.id, generation })
}
/** Writes into the document as the sync server does. */
async function write(edit: (text: Y.XmlText) => void, generation = 1): Promise<void> {
  const document = await kept(generation)
  if (!document) throw new Error('no document')
  const doc = new Y.Doc()
  Y.applyUpdate(doc, document.state)
  const before = Y.encodeStateVector(doc)
  const paragraph = fieldFragment(doc, 'background').get(0)
  const text = paragraph instanceof Y.XmlElement ? paragraph.get(0) : null
  if (!(text instanceof Y.XmlText)) throw new Error('no text')
  edit(text)
  const data = Y.encodeStateAsUpdate(doc, before)
  await append(db(), [
    { itemId: agenda.item.id, generation, documentId: document.documentId, data, userId: null },
  ])
}

/** The words of now as a version's row. */
async function versionNow() {
  const exact = await transaction((tx) => exactItem(tx, agenda.item.id))
  const { itemId, contentHash, content, frame, state, lastSeq: seq } = exact
  return {
    itemId,
    reason: 'automatic' as const,
    contentHash,
    content,
    frame,
    state,
    seq,
    checksum: state.slice(0, 8),
  }
}

describe('unread comments', () => {
  it('are counted alike on every page, and only what may be read', async () => {
    const counted = async (actor: Actor) => {
      const onPage = (await threadsOf(actor)).reduce((sum, { unread }) => sum + unread, 0)
      const counts = await countUnread(actor, [agenda.meeting.id])
      expect(counts.get(agenda.meeting.id) ?? 0).toBe(onPage)
      return onPage
    }
    const threadId = await start(people.blue)
    await start(people.blue, 'group')
    await start(people.blue, 'private')
    await reply(people.secretary, { threadId, text: 'Fordi.' })
    expect(await counted(people.red)).toBe(2)
    expect(await counted(people.blueToo)).toBe(3)
    expect(await counted(people.blue)).toBe(1)
    expect(await counted(people.secretary)).toBe(1)
    await markRead(people.red, { meetingId: agenda.meeting.id, threadIds: [threadId] })
    expect(await counted(people.red)).toBe(0)
  })
})

describe('resolving', () => {
  it('is linked to the words that answered it, for who may compare versions', async () => {
    await start(people.blue)
    await db().version.create({ data: await versionNow() })
    await write((text) => text.insert(0, 'Nu: '))
    const { id } = await onlyThread(people.secretary)
    await resolve(people.secretary, { threadId: id })
    const resolved = await onlyThread(people.secretary)
    expect(resolved.resolvedBy).toBe('Sekretær')
    const { from, to } = resolved.answer ?? { from: '', to: '' }
    const kept = await db().version.findMany({
      where: { id: { in: [from, to] } },
      orderBy: { createdAt: 'asc' },
    })
    expect(kept.map(({ contentHash }) => contentHash).at(-1)).not.toBe(kept[0]?.contentHash)
    expect(kept).toHaveLength(2)
    expect((await onlyThread(people.blue)).answer).toBeNull()

    await reopen(people.secretary, { threadId: id })
    expect(await onlyThread(people.secretary)).toMatchObject({ resolvedBy: null, answer: null })
  })

  it('is linked to nothing where no word changed', async () => {
    const threadId = await start(people.blue)
    await resolve(people.secretary, { threadId })
    expect(await onlyThread(people.secretary)).toMatchObject({ resolvedBy: 'Sekretær', answer: null })
    expect(await db().version.count({ where: { itemId: agenda.item.id } })).toBe(0)
  })
})

describe('starting a thread', () => {
  it('needs no right to edit, touches no byte of the document, is audited and told', async () => {
    const before = await kept()
    let threadId = ''
    const signals = await signalsOf(async () => {
      threadId = await start(people.blue)
    })
    expect(await kept()).toEqual(before)
    expect(signals).toEqual([{ kind: 'meeting-changed', meetingId: agenda.meeting.id, what: 'threads' }])
    expect(await onlyThread(people.red)).toMatchObject({
      id: threadId,
      field: 'background',
      place: { from: 14, to: 25 },
      detached: false,
      quote: 'en strategi',
      comments: [{ text: 'Hvorfor?', mine: false }],
      may: { reply: true, resolve: false },
    })
    const audited = await db().auditEvent.findMany({ where: { subjectId: threadId } })
    expect(audited).toMatchObject([
      { act: 'thread-started', userId: people.blue.userId, bodyId: agenda.body.id },
    ])
    expect(JSON.stringify(audited[0]?.data)).not.toContain('Hvorfor')
  })

  it('is refused to those who may only read, and hidden from those who may not', async () => {
    const stranger = await createActor({ bodyId: (await createAgenda()).body.id, role: 'secretariat' })
    const signals = await signalsOf(async () => {
      await expect(start(people.observer)).rejects.toEqual(refused('forbidden'))
      await expect(start(stranger)).rejects.toEqual(refused('not-found'))
      await expect(loadThreads(stranger, agenda.meeting.id)).rejects.toEqual(refused('not-found'))
      await expect(start(people.secretary, 'group')).rejects.toEqual(refused('forbidden'))
    })
    expect(await db().thread.count({ where: { itemId: agenda.item.id } })).toBe(0)
    expect(signals).toEqual([])
  })

  it('finds words that moved since they were selected, or says that they did', async () => {
    await write((text) => text.insert(0, 'Hele '))
    await start(people.blue, 'body', 'drøfter en strategi')
    expect((await onlyThread(people.blue)).place).toEqual({ from: 11, to: 30 })
    await write((text) => text.delete(11, 7))
    await expect(start(people.blue, 'body', 'drøfter en strategi')).rejects.toEqual(refused('anchor-moved'))
    await expect(
      startThread(people.blue, { itemId: agenda.item.id, scope: 'body', text: '', selection: null }),
    ).rejects.toEqual(refused('comment-empty'))
  })
})

describe('who reads which scope', () => {
  it.each([
    ['body', ['secretary', 'chair', 'blue', 'blueToo', 'red', 'observer']],
    ['leadership', ['secretary', 'chair', 'blue']],
    ['group', ['blue', 'blueToo']],
    ['private', ['blue']],
  ] as const)('%s, started by a member of group V', async (scope, readers) => {
    const threadId = await start(people.blue, scope)
    for (const [name, actor] of Object.entries(people)) {
      const reads = readers.some((reader) => reader === name)
      expect([name, (await threadsOf(actor)).length]).toEqual([name, reads ? 1 : 0])
      const answer = reply(actor, { threadId, text: 'Svar' })
      if (!reads) await expect(answer).rejects.toEqual(refused('not-found'))
      else if (name === 'observer') await expect(answer).rejects.toEqual(refused('forbidden'))
      else await expect(answer).resolves.toMatchObject({ commentId: expect.any(String) })
    }
    expect((await onlyThread(people.blue)).comments).toHaveLength(
      readers.filter((name) => name !== 'observer').length + 1,
    )
  })
})

describe('a thread and its words', () => {
  it('follows them, is detached with its quote when they go, and comes back', async () => {
    await start(people.blue)
    await write((text) => text.insert(17, 'ny '))
    expect(await onlyThread(people.red)).toMatchObject({ place: { from: 14, to: 28 }, detached: false })
    await write((text) => text.delete(14, 14))
    expect(await onlyThread(people.red)).toMatchObject({ place: null, detached: true, quote: 'en strategi' })
    await write((text) => text.insert(14, 'en strategi'))
    expect(await onlyThread(people.red)).toMatchObject({ place: { from: 14, to: 25 }, detached: false })
  })

  it('stands in text order behind those on the whole item, the detached last', async () => {
    const [late, gone, early, whole] = [
      await start(people.blue, 'body', '2020'),
      await start(people.blue, 'body', 'Rådet'),
      await start(people.blue, 'body', 'drøfter'),
      await start(people.blue, 'body', null),
    ]
    await write((text) => text.delete(0, 6))
    expect((await threadsOf(people.red)).map((thread) => thread.id)).toEqual([whole, early, late, gone])
  })

  it('is carried over to the new document when the item is closed and opened', async () => {
    await start(people.blue)
    await write((text) => text.insert(0, 'Hele '))
    await closeItem(people.secretary, { itemId: agenda.item.id, publicTitle: 'Sag', reason: '' })
    expect(await onlyThread(people.secretary)).toMatchObject({ place: { from: 19, to: 30 } })
    await write((text) => text.delete(0, 5), 2)
    await openItem(people.secretary, { itemId: agenda.item.id })
    await write((text) => text.insert(0, 'Vores '), 3)
    expect(await onlyThread(people.blue)).toMatchObject({ place: { from: 20, to: 31 }, quote: 'en strategi' })
  })
})

describe('a closed item', () => {
  it('takes its threads with it, and what was written while it was closed stays closed', async () => {
    const open = await start(people.blue)
    await closeItem(people.secretary, { itemId: agenda.item.id, publicTitle: 'Sag', reason: '' })
    expect(await threadsOf(people.blue)).toEqual([])
    await expect(reply(people.blue, { threadId: open, text: 'Svar' })).rejects.toEqual(refused('not-found'))
    await reply(people.secretary, { threadId: open, text: 'Fortroligt svar' })
    await start(people.blueToo, 'body', 'drøfter')
    await openItem(people.secretary, { itemId: agenda.item.id })
    expect((await onlyThread(people.blue)).comments.map((comment) => comment.text)).toEqual(['Hvorfor?'])
    expect((await threadsOf(people.blueToo)).map((thread) => thread.comments.length)).toEqual([1, 2])
  })

  it('keeps closed what was rewritten while it was closed', async () => {
    const threadId = await start(people.blue)
    const { commentId } = await reply(people.red, { threadId, text: 'Åbent svar' })
    await closeItem(people.secretary, { itemId: agenda.item.id, publicTitle: 'Sag', reason: '' })
    await editComment(people.red, { commentId, text: 'Fortroligt svar' })
    await openItem(people.secretary, { itemId: agenda.item.id })
    expect((await onlyThread(people.blue)).comments.map((comment) => comment.text)).toEqual(['Hvorfor?'])
    await editComment(people.red, { commentId, text: 'Åbent igen' })
    const [first, last] = (await onlyThread(people.blue)).comments
    expect([first?.text, last?.text]).toEqual(['Hvorfor?', 'Åbent igen'])
    expect(JSON.stringify(await threadsOf(people.blue))).not.toContain('Fortroligt')
    expect(JSON.stringify(await threadsOf(people.secretary))).toContain('Fortroligt')
  })
})

describe('a conversation', () => {
  it('is resolved by a moderator or its author, reopened, and takes no answers in between', async () => {
    const threadId = await start(people.blue)
    const signals = await signalsOf(async () => {
      await expect(resolve(people.red, { threadId })).rejects.toEqual(refused('forbidden'))
      await resolve(people.secretary, { threadId }, () => new Date('2019-09-01T10:00:00Z'))
      await resolve(people.blue, { threadId })
      expect(await onlyThread(people.blue)).toMatchObject({
        resolvedAt: '2019-09-01T10:00:00.000Z',
        may: { reply: false },
      })
      await expect(reply(people.red, { threadId, text: 'Sent' })).rejects.toEqual(refused('thread-resolved'))
      await reopen(people.blue, { threadId })
      await reply(people.red, { threadId, text: 'Igen' })
    })
    const acts = await db().auditEvent.findMany({ where: { subjectId: threadId }, orderBy: { seq: 'asc' } })
    expect(acts.map((event) => event.act)).toEqual(['thread-started', 'thread-resolved', 'thread-reopened'])
    expect(signals.filter(({ kind }) => kind === 'meeting-changed')).toHaveLength(3)
  })

  it('lets its people change only their own words, and shows that they did', async () => {
    const threadId = await start(people.blue)
    const { commentId } = await reply(people.red, { threadId, text: 'Fordi' })
    await expect(editComment(people.secretary, { commentId, text: 'Nej' })).rejects.toEqual(
      refused('forbidden'),
    )
    await expect(deleteComment(people.blue, { commentId })).rejects.toEqual(refused('forbidden'))
    await editComment(people.red, { commentId, text: 'Derfor' }, () => new Date('2019-09-02T10:00:00Z'))
    const edited = (await onlyThread(people.blue)).comments[1]
    expect(edited).toMatchObject({ text: 'Derfor', editedAt: '2019-09-02T10:00:00.000Z' })
    await deleteComment(people.red, { commentId })
    expect((await onlyThread(people.blue)).comments[1]).toMatchObject({ text: null, editedAt: null })
    expect(await db().comment.findUnique({ where: { id: commentId } })).toMatchObject({ text: '' })
    await expect(editComment(people.red, { commentId, text: 'Igen' })).rejects.toEqual(refused('not-found'))
  })

  it('shows what a rewritten comment said before, until it is deleted', async () => {
    const threadId = await start(people.blue)
    const { commentId } = await reply(people.red, { threadId, text: 'Fordi' })
    await editComment(people.red, { commentId, text: 'Derfor' })
    await editComment(people.red, { commentId, text: 'Derfor' })
    await editComment(people.red, { commentId, text: 'Altså derfor' })
    const edited = (await onlyThread(people.blue)).comments[1]
    expect(edited?.earlier.map(({ text }) => text)).toEqual(['Fordi', 'Derfor'])
    await deleteComment(people.red, { commentId })
    expect((await onlyThread(people.blue)).comments[1]?.earlier).toEqual([])
    expect(await db().earlierComment.count({ where: { commentId } })).toBe(0)
  })

  it('is kept once when it is sent again', async () => {
    const [first, second] = [crypto.randomUUID(), crypto.randomUUID()]
    const input = { itemId: agenda.item.id, scope: 'body' as const, text: 'En', selection: null }
    const sent = () => startThread(people.blue, { ...input, requestId: first })
    const [one, two] = await Promise.all([sent(), sent()])
    expect(two).toEqual(one)
    const answer = () => reply(people.red, { threadId: one.threadId, text: 'To', requestId: second })
    expect(await Promise.all([answer(), answer(), answer()])).toEqual(
      Array.from({ length: 3 }, () => ({ commentId: second })),
    )
    expect((await onlyThread(people.blue)).comments.map(({ id }) => id)).toEqual([first, second])
  })

  it('counts what one has not read, the same for all who ask', async () => {
    const threadId = await start(people.blue)
    const unread = async (actor: Actor) => (await onlyThread(actor)).unread
    expect([await unread(people.blue), await unread(people.red)]).toEqual([0, 1])
    await reply(people.red, { threadId, text: 'Svar' })
    expect([await unread(people.blue), await unread(people.red)]).toEqual([1, 1])
    const meetingId = agenda.meeting.id
    await markRead(people.red, { meetingId, threadIds: [threadId, crypto.randomUUID()] })
    await markRead(people.red, { meetingId, threadIds: [threadId] }, () => new Date('2019-01-01T00:00:00Z'))
    expect([await unread(people.blue), await unread(people.red)]).toEqual([1, 0])
  })

  it('is marked as read only by who may read it', async () => {
    const own = await start(people.blue, 'private')
    await markRead(people.red, { meetingId: agenda.meeting.id, threadIds: [own] })
    expect(await db().threadReading.count({ where: { threadId: own } })).toBe(0)
    const stranger = await createActor({ bodyId: (await createAgenda()).body.id, role: 'member' })
    await expect(markRead(stranger, { meetingId: agenda.meeting.id, threadIds: [own] })).rejects.toEqual(
      refused('not-found'),
    )
  })

  it('is gone when all its words are deleted', async () => {
    await start(people.blue)
    const [comment] = (await onlyThread(people.blue)).comments
    await deleteComment(people.blue, { commentId: comment?.id ?? '' })
    expect(await threadsOf(people.blue)).toEqual([])
  })
})

describe('narrowing the scope', () => {
  it('is the author’s until somebody answers, and never widens', async () => {
    const threadId = await start(people.blue)
    await expect(narrow(people.secretary, { threadId, scope: 'leadership' })).rejects.toEqual(
      refused('forbidden'),
    )
    await narrow(people.blue, { threadId, scope: 'group' })
    expect([(await threadsOf(people.red)).length, (await threadsOf(people.blueToo)).length]).toEqual([0, 1])
    await expect(narrow(people.blue, { threadId, scope: 'body' })).rejects.toEqual(refused('forbidden'))
    await expect(narrow(people.blue, { threadId, scope: 'leadership' })).rejects.toEqual(refused('forbidden'))
    await reply(people.blueToo, { threadId, text: 'Svar' })
    await expect(narrow(people.blue, { threadId, scope: 'private' })).rejects.toEqual(
      refused('thread-answered'),
    )
    expect(await onlyThread(people.blue)).toMatchObject({ scope: 'group', may: { narrow: [] } })
  })
})

describe('threads of a group', () => {
  it('are unreadable to the secretariat unless the body lets it', async () => {
    const threadId = await start(people.blue, 'group')
    expect(await threadsOf(people.secretary)).toEqual([])
    await expect(resolve(people.secretary, { threadId })).rejects.toEqual(refused('not-found'))
    await db().body.update({ where: { id: agenda.body.id }, data: { groupsAreOpen: true } })
    const [group] = people.blue.memberships.map(({ politicalGroup }) => politicalGroup)
    expect(await threadsOf(people.secretary)).toMatchObject([{ scope: 'group', group }])
    expect(await threadsOf(people.blue)).toMatchObject([{ scope: 'group', group: null }])
    expect(await threadsOf(people.red)).toEqual([])
  })
})

describe('mentions', () => {
  it('offer only those who may read a thread of that scope on the item', async () => {
    const names = async (scope: Scope) => {
      const found = await mentionable(people.blue, { itemId: agenda.item.id, scope, threadId: null })
      return found
        .map(({ userId }) => Object.entries(people).find(([, one]) => one.userId === userId)?.[0])
        .sort()
    }
    expect(await names('body')).toEqual(['blueToo', 'chair', 'observer', 'red', 'secretary'])
    expect(await names('leadership')).toEqual(['chair', 'secretary'])
    expect(await names('group')).toEqual(['blueToo'])
    expect(await names('private')).toEqual([])
    await closeItem(people.secretary, { itemId: agenda.item.id, publicTitle: 'Sag', reason: '' })
    await expect(
      mentionable(people.blue, { itemId: agenda.item.id, scope: 'body', threadId: null }),
    ).rejects.toEqual(refused('not-found'))
  })

  it('in a thread are those who may read it, its author with them', async () => {
    const input = { itemId: agenda.item.id, text: 'Hvad koster det?', selection: null }
    const { threadId } = await ask(people.red, input)
    const place = { itemId: agenda.item.id, scope: 'leadership', threadId } as const
    const found = (await mentionable(people.secretary, place)).map(({ userId }) => userId)
    expect(found.toSorted()).toEqual([people.red.userId, people.chair.userId].toSorted())
    await expect(mentionable(people.blue, place)).rejects.toEqual(refused('not-found'))
  })

  it('are found in what was written', async () => {
    await startThread(people.blue, {
      itemId: agenda.item.id,
      scope: 'body',
      text: 'Ved @jhp noget?',
      selection: null,
    })
    expect((await onlyThread(people.secretary)).comments[0]?.mentions).toEqual([
      { from: 4, to: 8, name: 'Sekretær', me: true },
    ])
  })
})

describe('the secretariat’s work', () => {
  it('gives a thread to a colleague who may read it, and tells only the secretariat', async () => {
    const threadId = await start(people.blue, 'leadership')
    const colleague = await createActor({ bodyId: agenda.body.id, role: 'secretariat', initials: 'chbo' })
    await expect(assign(people.chair, { threadId, userId: colleague.userId })).rejects.toEqual(
      refused('forbidden'),
    )
    await expect(assign(people.secretary, { threadId, userId: people.red.userId })).rejects.toEqual(
      refused('invalid-input'),
    )
    await assign(people.secretary, { threadId, userId: colleague.userId })
    await markHandled(colleague, { threadId, handled: true })
    expect(await onlyThread(people.secretary)).toMatchObject({
      assignee: { initials: 'chbo' },
      handledAt: expect.any(String),
    })
    expect(await onlyThread(people.blue)).toMatchObject({ assignee: null, handledAt: null })
  })
})

describe('a question', () => {
  const question = { text: 'Hvad koster det?', selection: null }
  it('goes to the secretariat and the chairmanship, and its answer to all when that is shown', async () => {
    const { threadId } = await ask(people.blue, { ...question, itemId: agenda.item.id })
    await expect(ask(people.secretary, { ...question, itemId: agenda.item.id })).rejects.toEqual(
      refused('forbidden'),
    )
    expect(await threadsOf(people.red)).toEqual([])
    await expect(share(people.secretary, { threadId, shared: true })).rejects.toEqual(refused('forbidden'))
    await reply(people.secretary, { threadId, text: 'Intet.' })
    await share(people.secretary, { threadId, shared: true })
    const told = await onlyThread(people.red)
    expect(told).toMatchObject({ kind: 'question', shared: true, may: { reply: false, resolve: false } })
    expect(told.comments.map(({ name, userId, text }) => [name, userId, text])).toEqual([
      ['', null, 'Hvad koster det?'],
      ['Sekretær', people.secretary.userId, 'Intet.'],
    ])
    expect(JSON.stringify(told)).not.toContain(people.blue.userId)
    expect((await onlyThread(people.blue)).comments[0]?.mine).toBe(true)
    await expect(reply(people.red, { threadId, text: 'Jeg også' })).rejects.toEqual(refused('forbidden'))
    await share(people.secretary, { threadId, shared: false })
    expect(await threadsOf(people.red)).toEqual([])
  })
})
