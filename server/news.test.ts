import { describe, expect, test } from 'vitest'
import { meetingTopics } from '@/lib/sync/messages.ts'
import { News } from './news.ts'

const meetingId = 'meeting'
const start = 1_000_000

/** News of a server that has listened since `start`. */
function listening(...heard: { what: 'agenda' | 'threads'; at: number; meetingId?: string }[]) {
  const news = new News()
  news.listens(true, start)
  for (const { at, ...change } of heard) news.hear({ meetingId, ...change }, at)
  return news
}

describe('[R78] who comes is told', () => {
  test.each([
    ['nothing when nothing changed', [], []],
    ['what changed after their page', [{ what: 'threads', at: start + 20_500 }], ['threads']],
    ['nothing of what is older', [{ what: 'threads', at: start + 10_000 }], []],
    ['what clocks that differ may hide', [{ what: 'agenda', at: start + 18_500 }], ['agenda']],
    ['nothing of other meetings', [{ what: 'agenda', at: start + 20_500, meetingId: 'other' }], []],
    [
      'the last time something changed, not the first',
      [
        { what: 'agenda', at: start + 5000 },
        { what: 'threads', at: start + 6000 },
        { what: 'agenda', at: start + 20_500 },
      ],
      ['agenda'],
    ],
  ] as const)('%s', (_what, heard, told) => {
    const news = listening(...heard)
    expect(news.of(meetingId, { since: start + 20_000, now: start + 21_000 })).toEqual(told)
  })

  test('everything, when their page is older than what is remembered', () => {
    const news = listening()
    expect(news.of(meetingId, { since: start + 20_000, now: start + 90_000 })).toEqual(meetingTopics)
  })

  test('everything, when their page is older than the listening', () => {
    const news = listening()
    expect(news.of(meetingId, { since: start - 1, now: start + 1000 })).toEqual(meetingTopics)
  })

  test('everything while nothing is heard, and of the time when nothing was', () => {
    const news = listening()
    news.listens(false, start + 30_000)
    const of = (since: number, now: number) => news.of(meetingId, { since, now })
    expect(of(start + 31_000, start + 32_000)).toEqual(meetingTopics)
    news.listens(true, start + 40_000)
    expect(of(start + 31_000, start + 42_000)).toEqual(meetingTopics)
    expect(of(start + 42_000, start + 43_000)).toEqual([])
  })

  test('of what is long past nothing is kept, and the newest still is', () => {
    const news = listening({ what: 'threads', at: start }, { what: 'agenda', at: start + 100_000 })
    expect(news.of(meetingId, { since: start + 100_500, now: start + 101_000 })).toEqual(['agenda'])
  })
})
