import { z } from 'zod'

/** What a person can be told. */
export const noticeKinds = [
  'item-submitted',
  'item-returned',
  'return-answered',
  'item-approved',
  'approval-lapsed',
  'agenda-dispatched',
  'supplement-dispatched',
  'edition-dispatched',
  'deadline-near',
  'comment-answered',
  'mentioned',
  'question-asked',
  'question-answered',
  'thread-assigned',
] as const

/** One of `noticeKinds`. */
export type NoticeKind = (typeof noticeKinds)[number]

/**
 * Something to tell a person. `subjectId` is what it is about: a person is told once of a kind and a subject. `data`
 * holds numbers, ids and codes, never text of items: of `deadline-near` how many working `days` are left and which
 * `deadline`, of what was sent out its `number`.
 */
export type NewNotice = {
  userId: string
  bodyId: string
  kind: NoticeKind
  meetingId: string | null
  itemId: string | null
  subjectId: string
  /** Who did it; null where nobody did. Nobody is told of their own act. */
  actorId: string | null
  data?: Record<string, string | number>
}

/** When a person gets mail: at once, gathered once a day, or never. */
export const mailPaces = ['atOnce', 'daily', 'none'] as const

/** One of `mailPaces`. */
export type MailPace = (typeof mailPaces)[number]

/** Why a mail was not sent: what the mail server said, or that it is no longer of use. */
export const mailFailures = [
  'recipient-refused',
  'message-refused',
  'deferred',
  'sign-in-refused',
  'server-away',
  'unexpected',
  'expired',
  'no-longer-member',
] as const

/** One of `mailFailures`. */
export type MailFailure = (typeof mailFailures)[number]

/** What a mail is about, as the outbox tells it: never more, since mail also tells of threads that are closed to others. */
export const mailTopics = ['approval', 'dispatch', 'deadline', 'comments'] as const

/** One of `mailTopics`. */
export type MailTopic = (typeof mailTopics)[number]

/** The numbers, ids and codes of a notice as they lie in their JSON column. */
export const noticeData = z.record(z.string(), z.union([z.string(), z.number()]))

/** A notice as its receiver may see it now. */
export type NoticeView = {
  id: string
  kind: NoticeKind
  at: string
  isRead: boolean
  body: { id: string; name: string }
  meeting: { id: string; startsAt: string } | null
  /** The item's number; null where the notice is about no item, or one that is gone. */
  number: string | null
  /** Only of an open item the receiver may read. */
  title: string | null
  actor: string | null
  data: Record<string, string | number>
  /** Where it happened, as a path of this site. */
  path: string
}

/** A person's notices, the newest first. */
export type NoticeList = { notices: NoticeView[]; unread: number }

/** What a person has chosen about mail, and where it goes. */
export type MailSettings = { pace: MailPace; email: string; isMailOn: boolean }

/** One mail of the outbox. Times are ISO. */
export type MailLine = {
  id: string
  name: string
  state: 'waiting' | 'sending' | 'sent' | 'failed'
  topics: MailTopic[]
  createdAt: string
  dueAt: string
  sentAt: string | null
  attempts: number
  failure: MailFailure | null
}

/** The outbox of a body; `isMailOn` is false where no mail server is set up. */
export type OutboxView = {
  bodyId: string
  bodyName: string
  isMailOn: boolean
  failed: MailLine[]
  waiting: MailLine[]
  sent: MailLine[]
}

const id = z.uuid()

/** What the browser may ask of notices and mail. */
export const requests = {
  markRead: z.object({ noticeIds: z.array(id).max(500) }),
  markAllRead: z.object({ upTo: z.iso.datetime() }),
  choosePace: z.object({ pace: z.enum(mailPaces) }),
  sendAgain: z.object({ bodyId: id, mailId: id }),
} as const
