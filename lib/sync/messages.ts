/**
 * First number of each frame. 0–3 are y-websocket's own; the others are ours and ignored by a plain
 * y-websocket client.
 */
export const messageTypes = {
  sync: 0,
  awareness: 1,
  auth: 2,
  queryAwareness: 3,
  /** Server → client: varuint, how many of this connection's update-bearing frames (sync step 2 and update) are committed. */
  acknowledge: 100,
  /** Server → client in a meeting room: a varstring, one of `meetingTopics`, that changed and should be read again. */
  changed: 101,
  /** Server → client: varuint 1 while a save is failing, 0 when saving works again. */
  saving: 102,
} as const

/** What a meeting room tells its readers to fetch again. */
export const meetingTopics = ['agenda', 'approvals', 'threads'] as const

/** One of `meetingTopics`; each is fetched from the meeting's API path of the same name. */
export type MeetingTopic = (typeof meetingTopics)[number]

/** What a meeting room tells one of its readers alone, under `changed`: there is news in their own list of notices. */
export const noticesTopic = 'notices'

/** Second number of a sync frame. */
export const syncTypes = { step1: 0, step2: 1, update: 2 } as const

/** The server stamps this into a client's presence; what the client itself says about it is thrown away. */
export type PresenceUser = { id: string; name: string; initials: string; role: string; colour: string }

/** What a client may say of itself: in a meeting room which item it looks at; in an item room Tiptap's `cursor`. */
export type PresenceState = { user?: PresenceUser; item?: string | null; cursor?: unknown }
