import { type MeetingTopic, meetingTopics } from '@/lib/sync/messages.ts'

/** What is remembered, and how far the clocks of two machines may be apart; in ms. */
export const newsLimits = { memory: 60_000, apart: 2000 }

type Change = { meetingId: string; what: MeetingTopic }

/**
 * What changed in meetings a moment ago. A page is rendered before it listens, and what changes in between is told to
 * nobody there; so who comes says how old their page is, and is told what changed since. Times are ms since 1970.
 */
export class News {
  // The one heard last stands last.
  readonly #heard = new Map<string, number>()
  /** Since when everything was heard; null while nothing is. */
  #listeningSince: number | null = null

  /** Says that changes are heard from now on, or no longer. */
  listens(isListening: boolean, now: number): void {
    this.#listeningSince = isListening ? now : null
  }

  /** Says that something changed in a meeting. */
  hear({ meetingId, what }: Change, now: number): void {
    const name = nameOf(meetingId, what)
    this.#heard.delete(name)
    this.#heard.set(name, now)
    for (const [other, at] of this.#heard) {
      if (now - at <= newsLimits.memory) break
      this.#heard.delete(other)
    }
  }

  /** What may have changed in a meeting after `since`: everything, where that is not known so far back. */
  of(meetingId: string, { since, now }: { since: number; now: number }): readonly MeetingTopic[] {
    const after = since - newsLimits.apart
    const isKnown = this.#listeningSince !== null && after >= this.#listeningSince
    if (!isKnown || now - after > newsLimits.memory) return meetingTopics
    return meetingTopics.filter((topic) => (this.#heard.get(nameOf(meetingId, topic)) ?? 0) >= after)
  }
}

function nameOf(meetingId: string, topic: MeetingTopic): string {
  return `${meetingId} ${topic}`
}
