import type { ParsedMail } from 'mailparser'
import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest'
import { db, transaction } from '@/lib/db.ts'
import type { Actor } from '@/lib/identity/schema.ts'
import { site } from '@/lib/identity/testing/browser.ts'
import { setTestEnv } from '@/lib/identity/testing/env.ts'
import { openPostOffice, type PostOffice } from '@/lib/identity/testing/post-office.ts'
import { log } from '@/lib/log.ts'
import { openMailer } from '@/lib/mail.ts'
import { loadOutbox, sendAgain } from '@/lib/notices/outbox-service.ts'
import type { NewNotice } from '@/lib/notices/schema.ts'
import { markRead, notify } from '@/lib/notices/service.ts'
import { eachStore } from '@/prisma/testing/each-store.ts'
import { createActor, createAgenda, createItem } from '@/prisma/testing/factories.ts'
import { MailWorker } from './mail-worker.ts'

const canary = 'Kanariefugl'
const from = 'Dagsorden <dagsorden@kkr.example>'

await eachStore('The mail worker', () => {
  let office: PostOffice
  let refused: Map<string, number>
  let offices: PostOffice[]
  let workers: MailWorker[]
  let now: Date
  let agenda: Awaited<ReturnType<typeof createAgenda>>
  let secretary: Actor
  let chair: Actor

  beforeEach(async () => {
    refused = new Map()
    workers = []
    office = await openPostOffice({ refuse: (address) => refused.get(address) ?? null })
    offices = [office]
    setTestEnv({ SMTP_URL: office.url, MAIL_FROM: from })
    now = new Date('2026-11-26T10:00:00Z')
    await db().mail.deleteMany()
    await db().notice.deleteMany()
    agenda = await createAgenda({ content: { title: 'Færgen til Ærø' }, submittedAt: now })
    secretary = await createActor({ bodyId: agenda.body.id, role: 'secretariat', name: 'Søren Ågård' })
    chair = await createActor({ bodyId: agenda.body.id, role: 'chair', position: 'chair', name: 'Åse Bæk' })
  })
  afterEach(async () => {
    await Promise.all(workers.map((worker) => worker.close()))
    await Promise.all(offices.map((one) => one.close()))
  })

  function open(url = office.url): MailWorker {
    const mailer = openMailer({ smtpUrl: url, mailFrom: from })
    const pauses = { pollEvery: 20, firstPause: 5, longestPause: 20 }
    const worker = new MailWorker({ mailer, clock: () => now, chance: () => 0 }, pauses)
    workers.push(worker)
    return worker
  }
  function returned(changes: Partial<NewNotice> = {}): NewNotice {
    const place = { bodyId: agenda.body.id, meetingId: agenda.meeting.id, itemId: agenda.item.id }
    const told = { userId: secretary.userId, actorId: chair.userId, subjectId: 't1' }
    return { kind: 'item-returned', ...told, ...place, ...changes }
  }
  const tell = (...notices: NewNotice[]) => transaction((tx) => notify(tx, notices, () => now))
  const later = (minutes: number) => {
    now = new Date(now.getTime() + minutes * 60_000)
  }
  const mailsOf = (userId: string) => db().mail.findMany({ where: { userId }, orderBy: { createdAt: 'asc' } })
  const emailOf = async (userId: string) =>
    (await db().user.findUniqueOrThrow({ where: { id: userId } })).email
  const done = () =>
    vi.waitFor(
      async () => {
        const due = {
          OR: [{ state: 'sending' as const }, { state: 'waiting' as const, dueAt: { lte: now } }],
        }
        expect(await db().mail.count({ where: due })).toBe(0)
      },
      { timeout: 15_000, interval: 10 },
    )
  const toOf = ({ to }: ParsedMail) => (Array.isArray(to) ? to[0]?.text : to?.text)

  describe('a mail', () => {
    test('says what happened, in the receiver’s language, with letters as they are', async () => {
      open()
      await tell(returned())
      const mail = await office.next()
      expect(toOf(mail)).toBe(await emailOf(secretary.userId))
      expect(mail.subject).toBe('Prøverådet: Punkt 1.1 er returneret med en bemærkning af Åse Bæk')
      expect(mail.text).toContain('Hej Søren Ågård')
      expect(mail.text).toContain('1.1 Færgen til Ærø')
      expect(mail.text).toContain('Møde 13. september 2019 kl. 9.30')
      expect(mail.html).toContain('Færgen til Ærø')
      expect(mail.html).toContain('<html lang="da">')
      const link = `${site}/moeder/${agenda.meeting.id}#item-${agenda.item.id}`
      expect(mail.text).toContain(link)
      const [row] = await mailsOf(secretary.userId)
      expect(mail.messageId).toBe(`<${row?.id}@${new URL(site).hostname}>`)
      expect(mail.headers.get('auto-submitted')).toBe('auto-generated')
      const settings = `${site}/besked/indstillinger`
      expect(mail.headers.get('list')).toMatchObject({ unsubscribe: { url: settings } })
      expect(mail.text).toContain(settings)
      // No image, no script, nothing that is fetched or counted, and no key in any link.
      expect(mail.html).not.toMatch(/<img|<script|<link|url\(|token=|\?/)
      await db().user.update({ where: { id: secretary.userId }, data: { locale: 'en' } })
      await tell(returned({ subjectId: 't2' }))
      const english = await office.next()
      expect(english.subject).toBe('Prøverådet: Item 1.1 was returned with a remark by Åse Bæk')
      expect(english.html).toContain('<html lang="en">')
    })

    test('[R124] names a closed item by its number alone, in no byte and no line of the log by more', async () => {
      const lines: string[] = []
      const write = vi
        .spyOn(log, 'warn')
        .mockImplementation((...said: unknown[]) => void lines.push(JSON.stringify(said)))
      const error = vi
        .spyOn(log, 'error')
        .mockImplementation((...said: unknown[]) => void lines.push(JSON.stringify(said)))
      const closed = await createItem({
        meetingId: agenda.meeting.id,
        sectionId: agenda.section.id,
        position: 1,
        visibility: 'closed',
        publicTitle: 'Personsag',
        content: { title: canary, caseNumber: canary },
        submittedAt: now,
      })
      // Open when it was told, closed when the mail goes.
      await tell(returned())
      await db().item.update({
        where: { id: agenda.item.id },
        data: { visibility: 'closed', title: canary, searchText: canary },
      })
      refused.set(await emailOf(secretary.userId), 451)
      await tell(returned({ itemId: closed.id, subjectId: 't3' }))
      open()
      await vi.waitFor(() => expect(lines.length).toBeGreaterThan(0), { timeout: 10_000 })
      refused.clear()
      later(60)
      const mail = await office.next()
      expect(mail.subject).toBe('Prøverådet: 2 nye beskeder')
      expect(mail.text).toContain('Punkt 1.1 er returneret')
      expect(mail.text).toContain('Punkt 1.2 er returneret')
      const [bytes] = office.bytes
      const decoded = `${bytes?.toString()}${mail.text}${mail.html}${mail.subject}`
      expect(decoded).not.toContain(canary)
      expect(decoded).not.toContain(Buffer.from(canary).toString('base64').slice(0, 12))
      expect(lines.join('')).not.toContain(canary)
      expect(lines.join('')).not.toContain('@')
      write.mockRestore()
      error.mockRestore()
    })
  })

  test('[R120] of two workers one sends each mail, once', async () => {
    const people = await Promise.all(
      Array.from({ length: 6 }, () => createActor({ bodyId: agenda.body.id, role: 'member' })),
    )
    open()
    open()
    await Promise.all(
      people.flatMap(({ userId }) =>
        [1, 2].map((time) =>
          tell(returned({ userId, kind: 'agenda-dispatched', itemId: null, subjectId: `d${time}` })),
        ),
      ),
    )
    await done()
    // Whose other mail was on its way just then waits two seconds more, and the clock here stands still by itself.
    later(3 / 60)
    await done()
    const heads = office.mails.map((mail) => `${toOf(mail)} ${mail.messageId}`)
    expect(new Set(heads).size).toBe(heads.length)
    const told = await Promise.all(
      people.map(({ userId }) => db().notice.count({ where: { userId, mail: { state: 'sent' } } })),
    )
    expect(told).toEqual(people.map(() => 2))
    const news = office.mails.reduce(
      (sum, { text = '' }) => sum + text.split('Dagsordenen er udsendt').length - 1,
      0,
    )
    expect(news).toBe(12)
    for (const { userId } of people) {
      const rows = await mailsOf(userId)
      const email = await emailOf(userId)
      expect(office.mails.filter((mail) => toOf(mail) === email)).toHaveLength(rows.length)
    }
  })

  test('[R121] a mail server that is away is asked again with growing pauses, and gets the mail once when it is back', async () => {
    await office.close()
    offices = []
    open()
    await tell(returned())
    const pauses: number[] = []
    for (let attempts = 1; attempts <= 4; attempts++) {
      const row = await vi.waitFor(
        async () => {
          const [mail] = await mailsOf(secretary.userId)
          expect(mail).toMatchObject({ state: 'waiting', attempts, failure: 'server-away' })
          return mail
        },
        { timeout: 10_000, interval: 10 },
      )
      const pause = (row?.dueAt.getTime() ?? 0) - now.getTime()
      pauses.push(pause / 1000)
      now = new Date(now.getTime() + pause)
    }
    expect(pauses).toEqual([7.5, 15, 30, 60])
    const back = await openPostOffice({ port: office.port })
    offices.push(back)
    later(5)
    expect((await back.next()).subject).toContain('Punkt 1.1')
    await done()
    expect(back.mails).toHaveLength(1)
    expect(await mailsOf(secretary.userId)).toMatchObject([{ state: 'sent', failure: null }])
  })

  test('[R122] a refused receiver fails with a code, holds up nobody, and can be sent to again', async () => {
    refused.set(await emailOf(secretary.userId), 550)
    open()
    const colleague = await createActor({ bodyId: agenda.body.id, role: 'secretariat' })
    await tell(returned(), returned({ userId: colleague.userId }))
    expect(toOf(await office.next())).toBe(await emailOf(colleague.userId))
    await done()
    const view = await loadOutbox(colleague, agenda.body.id)
    expect(view.failed).toMatchObject([
      { name: 'Søren Ågård', failure: 'recipient-refused', topics: ['approval'], dueAt: now.toISOString() },
    ])
    expect(view.sent).toHaveLength(1)
    const [failed] = view.failed
    if (!failed) throw new Error('nothing failed')
    const wish = { bodyId: agenda.body.id, mailId: failed.id }
    await expect(sendAgain(chair, wish)).rejects.toMatchObject({ code: 'not-found' })
    const elsewhere = await createAgenda()
    const stranger = await createActor({ bodyId: elsewhere.body.id, role: 'secretariat' })
    await expect(sendAgain(stranger, { ...wish, bodyId: elsewhere.body.id })).rejects.toMatchObject({
      code: 'not-found',
    })
    await expect(loadOutbox(stranger, agenda.body.id)).rejects.toMatchObject({ code: 'not-found' })
    refused.clear()
    await sendAgain(colleague, wish, () => now)
    expect(toOf(await office.next())).toBe(await emailOf(secretary.userId))
    await done()
    await expect(sendAgain(colleague, wish)).rejects.toMatchObject({ code: 'not-found' })
    const audited = await db().auditEvent.findMany({ where: { subjectId: failed.id } })
    expect(audited).toMatchObject([{ act: 'mail-sent-again', userId: colleague.userId }])
  })

  test('[R123] a mail whose sender died before noting it goes out again under the same id', async () => {
    await tell(returned())
    const [row] = await mailsOf(secretary.userId)
    await db().mail.updateMany({
      data: { state: 'sending', attempts: 1, dueAt: new Date(now.getTime() + 600_000) },
    })
    const worker = open()
    worker.wake()
    await tell(returned({ userId: (await createActor({ bodyId: agenda.body.id, role: 'member' })).userId }))
    await office.next()
    expect(office.mails).toHaveLength(1)
    later(10)
    worker.wake()
    expect((await office.next()).messageId).toBe(`<${row?.id}@${new URL(site).hostname}>`)
  })

  describe('how often', () => {
    const answered = (subjectId: string) => returned({ kind: 'comment-answered', subjectId })

    test('what happens within an hour of a mail is gathered into the next one', async () => {
      open()
      await tell(answered('c1'))
      await tell(answered('c2'))
      later(3)
      expect((await office.next()).subject).toBe('Prøverådet: 2 nye beskeder')
      await done()
      await tell(answered('c3'))
      later(30)
      await vi.waitFor(async () => {
        const [, waiting] = await mailsOf(secretary.userId)
        expect(waiting?.dueAt.getTime()).toBeGreaterThan(now.getTime())
      })
      expect(office.mails).toHaveLength(1)
      await tell(answered('c4'))
      later(31)
      expect((await office.next()).subject).toBe('Prøverådet: 2 nye beskeder')
      await tell(returned({ subjectId: 'urgent' }))
      expect((await office.next()).subject).toContain('er returneret')
    })

    test('a daily mail gathers what waits and is not read, and says it in one language', async () => {
      await db().user.update({ where: { id: secretary.userId }, data: { mailPace: 'daily', locale: 'en' } })
      open()
      for (const subjectId of ['d1', 'd2', 'd3']) await tell(answered(subjectId))
      const [first] = await db().notice.findMany({
        where: { userId: secretary.userId },
        orderBy: { createdAt: 'asc' },
      })
      await markRead(secretary, { ids: [first?.id ?? ''] })
      now = new Date('2026-11-27T05:59:00Z')
      await tell(returned({ userId: chair.userId, actorId: secretary.userId }))
      expect(toOf(await office.next())).toBe(await emailOf(chair.userId))
      now = new Date('2026-11-27T06:00:00Z')
      const mail = await office.next()
      expect(mail.subject).toBe('Prøverådet: 2 new notices')
      expect(mail.text?.match(/A comment on item 1\.1 was answered by Åse Bæk/g)).toHaveLength(2)
      await done()
      expect(office.mails).toHaveLength(2)
    })

    test('what was read meanwhile, and who left, get no mail', async () => {
      await tell(answered('r1'))
      await markRead(secretary, { upTo: now })
      await tell(returned({ userId: chair.userId, actorId: null }))
      await db().membership.updateMany({
        where: { userId: chair.userId },
        data: { termTo: new Date('2026-01-01') },
      })
      later(3)
      open()
      await done()
      expect(office.mails).toEqual([])
      expect(await mailsOf(secretary.userId)).toEqual([])
      expect(await mailsOf(chair.userId)).toMatchObject([{ state: 'failed', failure: 'no-longer-member' }])
    })
  })
})
