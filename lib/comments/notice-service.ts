import type { Db } from '@/lib/db.ts'
import { type BodyMember, membersNow } from '@/lib/identity/membership-service.ts'
import type { ItemFacts } from '@/lib/identity/rules.ts'
import { dayOf } from '@/lib/identity/term.ts'
import { type NoticeKind, notify } from '@/lib/notices/service.ts'
import { type JudgedThread, memberAsReader } from './access-service.ts'
import { findMentions } from './mentions.ts'
import * as rules from './rules.ts'
import type { ThreadKind } from './schema.ts'

/** A thread somebody did something in, by what decides who may hear of it. */
export type ToldThread = {
  thread: rules.ThreadFacts & {
    id: string
    itemId: string
    kind: ThreadKind
    changes: rules.VisibilityChange[]
  }
  bodyId: string
  meetingId: string
  facts: ItemFacts
  groupsAreOpen: boolean
}

/** The thread as those who are told of it are found. */
export function toldThread({ thread, bodyId, meetingId, facts, reader }: JudgedThread): ToldThread {
  return { thread, bodyId, meetingId, facts, groupsAreOpen: reader.groupsAreOpen }
}

/** What was said; `took` holds the ids of those who have taken part in the thread before, none when it begins with this. */
export type Said = { commentId: string; text: string; actorId: string; at: Date; took: readonly string[] }

/**
 * Tells of a comment, each person once and only who may read it: those it mentions, those who took part in the thread,
 * and of a new question the secretariat. In the transaction of the act.
 */
export async function tellOfComment(tx: Db, told: ToldThread, said: Said): Promise<void> {
  const readers = await readersOf(tx, told, said.at)
  const kinds = new Map<string, NoticeKind>()
  const begins = said.took.length === 0
  for (const reader of readers) {
    const kind = said.took.includes(reader.userId)
      ? answerKind(told, reader)
      : begins && told.thread.kind === 'question' && reader.subject?.role === 'secretariat'
        ? ('question-asked' as const)
        : null
    if (kind) kinds.set(reader.userId, kind)
  }
  for (const { userId } of mentioned(said.text, readers)) {
    // Who is mentioned in the answer to their own question is told of the answer.
    if (kinds.get(userId) !== 'question-answered') kinds.set(userId, 'mentioned')
  }
  await tell(tx, told, { ...said, subjectId: said.commentId, kinds })
}

/** Tells those a rewritten comment mentions that it did not mention before. */
export async function tellOfMentions(tx: Db, told: ToldThread, said: Omit<Said, 'took'>): Promise<void> {
  const readers = await readersOf(tx, told, said.at)
  const kinds = new Map(mentioned(said.text, readers).map(({ userId }) => [userId, 'mentioned' as const]))
  await tell(tx, told, { ...said, subjectId: said.commentId, kinds })
}

/** Tells a person that a thread was given to them. */
export async function tellOfAssignment(
  tx: Db,
  told: ToldThread,
  { assigneeId, actorId, at }: { assigneeId: string; actorId: string; at: Date },
): Promise<void> {
  const kinds = new Map([[assigneeId, 'thread-assigned' as const]])
  // Given back and given again, it is news again.
  await tell(tx, told, { actorId, at, subjectId: `${told.thread.id} ${at.toISOString()}`, kinds })
}

type Person = rules.Reader & Pick<BodyMember, 'name' | 'initials'>

async function readersOf(tx: Db, told: ToldThread, at: Date): Promise<Person[]> {
  const { thread, bodyId, facts, groupsAreOpen } = told
  const members = await membersNow(tx, { bodyId, today: dayOf(at) })
  return members
    .map((member) => ({
      ...memberAsReader(member, groupsAreOpen),
      name: member.name,
      initials: member.initials,
    }))
    .filter(
      (reader) =>
        rules.canReadThread(reader, thread, facts) && rules.canReadWords(reader, thread.changes, at),
    )
}

function answerKind({ thread }: ToldThread, { userId }: Person): NoticeKind {
  return thread.kind === 'question' && userId === thread.createdById
    ? 'question-answered'
    : 'comment-answered'
}

function mentioned(text: string, readers: Person[]) {
  return text.includes('@') ? findMentions(text, readers) : []
}

type Telling = { actorId: string; at: Date; subjectId: string; kinds: Map<string, NoticeKind> }

async function tell(tx: Db, { thread, bodyId, meetingId }: ToldThread, telling: Telling): Promise<void> {
  const { actorId, at, subjectId, kinds } = telling
  const about = { bodyId, meetingId, itemId: thread.itemId, subjectId, actorId }
  await notify(
    tx,
    [...kinds].map(([userId, kind]) => ({ ...about, userId, kind })),
    () => at,
  )
}
