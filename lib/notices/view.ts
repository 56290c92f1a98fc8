import { canItem, type MeetingFacts, phaseOf, type Subject } from '@/lib/identity/rules.ts'
import { isNoticeKind } from './rules.ts'
import { type NoticeKind, type NoticeView, noticeData } from './schema.ts'

/** A notice with what its words are made of, as they are now. */
export type NoticeFacts = {
  id: string
  kind: string
  createdAt: Date
  readAt: Date | null
  data: unknown
  body: { id: string; name: string }
  meeting: (MeetingFacts & { id: string; startsAt: Date }) | null
  /** `number` is null for an item that is deleted. */
  item: {
    id: string
    title: string
    visibility: 'open' | 'closed'
    submittedAt: Date | null
    sentVersionId: string | null
    number: string | null
  } | null
  actor: string | null
}

/** The notice as a person may see it; null for who has no part in the body any more. */
export function viewNotice(facts: NoticeFacts, subject: Subject): NoticeView | null {
  const { id, kind, createdAt, readAt, body, meeting, item, actor } = facts
  if (!subject || !isNoticeKind(kind)) return null
  const parsed = noticeData.safeParse(facts.data)
  const number = item?.number ?? null
  return {
    id,
    kind,
    at: createdAt.toISOString(),
    isRead: readAt !== null,
    body,
    meeting: meeting && { id: meeting.id, startsAt: meeting.startsAt.toISOString() },
    number,
    title: titleFor(facts, subject),
    actor,
    data: parsed.success ? parsed.data : {},
    path: pathOf({
      kind,
      meetingId: meeting?.id ?? null,
      itemId: number ? (item?.id ?? null) : null,
      number,
      subject,
    }),
  }
}

// Closed items are named by their number alone, also to those who may read them: mail lies about on many servers.
function titleFor({ item, meeting }: NoticeFacts, subject: Subject): string | null {
  if (!item?.number || !meeting || item.visibility === 'closed') return null
  const phase = phaseOf({ submitted: item.submittedAt !== null, sent: item.sentVersionId !== null }, meeting)
  return canItem(subject, 'read', { id: item.id, phase, visibility: item.visibility })
    ? item.title || null
    : null
}

type Place = {
  kind: NoticeKind
  meetingId: string | null
  itemId: string | null
  number: string | null
  subject: NonNullable<Subject>
}

const toApprove: readonly NoticeKind[] = [
  'item-submitted',
  'item-approved',
  'approval-lapsed',
  'return-answered',
]
const toRead: readonly NoticeKind[] = ['agenda-dispatched', 'supplement-dispatched', 'edition-dispatched']

/** Where a person sees for themselves: the chair's page, the workspace or the reader, at the item. */
function pathOf({ kind, meetingId, itemId, number, subject }: Place): string {
  if (!meetingId) return '/'
  const meeting = `/moeder/${meetingId}`
  const anchor = itemId ? `#item-${itemId}` : ''
  const isOffice = subject.role === 'secretariat' || subject.role === 'chair'
  if (toRead.includes(kind) || !isOffice) return `${meeting}/laes${anchor}`
  if (subject.role === 'chair' && toApprove.includes(kind))
    return `${meeting}/godkend${number ? `?punkt=${encodeURIComponent(number)}` : ''}`
  return `${meeting}${anchor}`
}

/** What the sentence of a notice's kind (`notices.kinds`) asks for. */
export function sentenceValues({ number, actor, data }: Pick<NoticeView, 'number' | 'actor' | 'data'>) {
  const days = typeof data.days === 'number' ? data.days : 0
  return {
    item: number ?? 'none',
    actor: actor ?? 'none',
    number: `${data.number ?? 'none'}`,
    deadline: `${data.deadline ?? 'agenda'}`,
    when: days < 0 ? 'past' : days === 0 ? 'today' : 'coming',
    days,
  }
}
