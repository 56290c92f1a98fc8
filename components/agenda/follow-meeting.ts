import { hearMeeting } from './hear-meeting.ts'

/** What of a meeting a page of its words and conversations shows. */
export type FollowedTopic = 'agenda' | 'threads'

/** Is the page kept up to date? */
export type Reach = 'connected' | 'connecting' | 'refused'

type Following = {
  meetingId: string
  /** When what the page shows was read, ISO 8601 by the server's clock. */
  since: string
  refresh: (topic: FollowedTopic) => void
  setReach: (reach: Reach) => void
  /** Was what stands there fetched before anybody listened? */
  wasAway?: boolean
}

/** Has words and conversations fetched again when they changed, or may have while nobody listened; answers how to stop. */
export function followMeeting({
  meetingId,
  since,
  refresh,
  setReach,
  wasAway: isBehind = false,
}: Following): () => void {
  let wasAway = isBehind
  return hearMeeting({
    meetingId,
    since,
    onStatus: (reach) => {
      setReach(reach)
      if (reach === 'connected' && wasAway) for (const topic of ['agenda', 'threads'] as const) refresh(topic)
      wasAway = reach !== 'connected'
    },
    // Words that changed may have moved the places of comments, or detached them.
    onChanged: (topic) => {
      if (topic === 'agenda') refresh('agenda')
      if (topic !== 'approvals') refresh('threads')
    },
  })
}
