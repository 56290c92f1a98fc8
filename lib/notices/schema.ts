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
