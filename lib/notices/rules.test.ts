import { describe, expect, it, test } from 'vitest'
import {
  attemptLimit,
  dueAt,
  isNoticeKind,
  isUrgent,
  nextDigest,
  nextStep,
  type OpenMail,
  pauseAfter,
  retryAt,
  tellable,
  topicsOf,
} from './rules.ts'
import { type MailPace, mailTopics, type NewNotice, noticeKinds } from './schema.ts'

const now = new Date('2026-11-26T10:00:00Z')
const at = (minutes: number) => new Date(now.getTime() + minutes * 60_000)

function notice(changes: Partial<NewNotice> = {}): NewNotice {
  const place = { bodyId: 'b', meetingId: null, itemId: null, subjectId: 's' }
  return { userId: 'me', kind: 'mentioned', actorId: 'other', ...place, ...changes }
}

test('who is told', () => {
  const own = notice({ actorId: 'me' })
  const again = notice({ actorId: 'third' })
  const byNobody = notice({ kind: 'approval-lapsed', actorId: null })
  expect(tellable([own, notice(), again, byNobody])).toEqual([notice(), byNobody])
})

const table = `
kind                   data    urgent
item-submitted         -       no
item-returned          -       yes
return-answered        -       no
item-approved          -       no
approval-lapsed        -       no
agenda-dispatched      -       yes
supplement-dispatched  -       yes
edition-dispatched     -       no
deadline-near          -       no
deadline-near          2       no
deadline-near          1       no
deadline-near          0       yes
deadline-near          -1      yes
comment-answered       -       no
mentioned              -       no
question-asked         -       no
question-answered      -       no
thread-assigned        -       no
`
const rows = table
  .trim()
  .split('\n')
  .slice(1)
  .map((line) => line.split(/\s+/))

describe('what can’t wait', () => {
  test.each(rows)('%s, days %s: %s', (kind, days, urgent) => {
    const found = noticeKinds.find((known) => known === kind)
    expect(found).toBeDefined()
    const data = days === '-' ? {} : { data: { days: Number(days) } }
    expect(isUrgent({ kind: found ?? 'mentioned', ...data })).toBe(urgent === 'yes')
  })

  it('says it of every kind', () => {
    expect(new Set(rows.map(([kind]) => kind))).toEqual(new Set(noticeKinds))
  })
})

describe('when a mail may go', () => {
  test.each([
    ['atOnce', false, at(2)],
    ['atOnce', true, now],
    ['daily', false, new Date('2026-11-27T06:00:00Z')],
    ['daily', true, now],
    ['none', false, null],
    ['none', true, null],
  ] satisfies [MailPace, boolean, Date | null][])('%s, urgent %s', (pace, urgent, due) => {
    expect(dueAt({ pace, urgent, now })).toEqual(due)
  })

  test.each([
    ['the same morning', '2026-11-26T05:59:59Z', '2026-11-26T06:00:00Z'],
    ['the next, at the stroke of seven', '2026-11-26T06:00:00Z', '2026-11-27T06:00:00Z'],
    ['in summer', '2026-07-01T10:00:00Z', '2026-07-02T05:00:00Z'],
    ['over the change to summer time', '2026-03-28T10:00:00Z', '2026-03-29T05:00:00Z'],
    ['over the change back', '2026-10-24T10:00:00Z', '2026-10-25T06:00:00Z'],
    [
      'late in the evening of London, the next day of Denmark',
      '2026-12-31T23:30:00Z',
      '2027-01-01T06:00:00Z',
    ],
  ])('the daily mail goes at seven in Denmark: %s', (_, from, to) => {
    expect(nextDigest(new Date(from))).toEqual(new Date(to))
  })
})

function mail(id: string, changes: Partial<OpenMail> = {}): OpenMail {
  return { id, state: 'waiting', urgent: false, dueAt: at(-1), attempts: 0, ...changes }
}
const send = (id: string, joined: string[] = [], urgent = false) => ({ step: 'send', id, joined, urgent })
const putOff = (until: Date, ...ids: string[]) => ({ step: 'put-off', ids, until })

describe('what to do next with a person’s mails', () => {
  test.each([
    ['nothing is due', [mail('a', { dueAt: at(1) })], null, { step: 'rest' }],
    ['one is due', [mail('a')], null, send('a')],
    ['it is due this very moment', [mail('a', { dueAt: now })], null, send('a')],
    [
      'new ones go together, also those not due',
      [mail('a'), mail('b', { dueAt: at(1) })],
      null,
      send('a', ['b']),
    ],
    ['the last went 59 minutes ago', [mail('a'), mail('b')], at(-59), putOff(at(1), 'a', 'b')],
    ['the last went an hour ago', [mail('a')], at(-60), send('a')],
    [
      'an urgent one does not wait, and takes the others along',
      [mail('a', { dueAt: at(900) }), mail('b', { urgent: true })],
      at(-5),
      send('a', ['b'], true),
    ],
    [
      'an urgent one that is not due changes nothing',
      [mail('a'), mail('b', { urgent: true, dueAt: at(1) })],
      at(-5),
      putOff(at(55), 'a'),
    ],
    [
      'one that was tried goes alone, with the words it had',
      [mail('a', { attempts: 2 }), mail('b')],
      null,
      send('a'),
    ],
    [
      'one that was tried and rests does not hold up a new one',
      [mail('a', { attempts: 2, dueAt: at(5) }), mail('b')],
      null,
      send('b'),
    ],
    ['one that was tried keeps to the hour too', [mail('a', { attempts: 2 })], at(-10), putOff(at(50), 'a')],
    ['but not an urgent one', [mail('a', { attempts: 2, urgent: true })], at(-10), send('a', [], true)],
    [
      'nothing goes while another is being sent',
      [mail('a', { state: 'sending', dueAt: at(9), attempts: 1 }), mail('b', { urgent: true })],
      null,
      putOff(new Date(now.getTime() + 2000), 'b'),
    ],
    ['one whose sender died is taken up', [mail('a', { state: 'sending', attempts: 1 })], null, send('a')],
    [
      'one too old to be news is given up',
      [mail('a', { dueAt: at(-3 * 24 * 60 - 1) }), mail('b')],
      null,
      { step: 'expire', ids: ['a'] },
    ],
    ['unless it was tried', [mail('a', { dueAt: at(-3 * 24 * 60 - 1), attempts: 3 })], null, send('a')],
  ] satisfies [string, OpenMail[], Date | null, unknown][])('%s', (_, mails, lastSentAt, step) => {
    expect(nextStep(mails, { lastSentAt, now })).toEqual(step)
  })
})

describe('after an attempt that failed', () => {
  test.each([
    [1, 7.5, 15],
    [2, 15, 30],
    [3, 30, 60],
    [6, 240, 480],
    [10, 3600, 7200],
    [24, 3600, 7200],
    [2000, 3600, 7200],
  ])('the pause after number %i is %d to %d seconds', (attempts, least, most) => {
    expect(pauseAfter(attempts, 0)).toBe(least * 1000)
    expect(pauseAfter(attempts, 1)).toBe(most * 1000)
  })

  it('tries again until the limit, and not what is refused for good', () => {
    const tried = { attempts: 1, isFinal: false, chance: 1, now }
    expect(retryAt(tried)).toEqual(new Date(now.getTime() + 15_000))
    expect(retryAt({ ...tried, attempts: attemptLimit - 1 })).not.toBeNull()
    expect(retryAt({ ...tried, attempts: attemptLimit })).toBeNull()
    expect(retryAt({ ...tried, isFinal: true })).toBeNull()
  })

  it('goes on over a long weekend', () => {
    const all = Array.from({ length: attemptLimit - 1 }, (_, tried) => pauseAfter(tried + 1, 0.5))
    const hours = all.reduce((sum, pause) => sum + pause, 0) / 3_600_000
    expect(hours).toBeGreaterThan(66)
    expect(hours).toBeLessThan(78)
  })
})

describe('what a mail is about', () => {
  it('is one topic of each kind', () => {
    expect(topicsOf([...noticeKinds])).toEqual([...mailTopics])
    for (const kind of noticeKinds) expect(topicsOf([kind, kind])).toHaveLength(1)
  })

  it('is nothing for what a later version may have written', () => {
    expect(topicsOf(['toString', 'something-new'])).toEqual([])
    expect(isNoticeKind('toString')).toBe(false)
  })
})
