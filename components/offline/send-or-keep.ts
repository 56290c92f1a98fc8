import * as comments from '@/lib/comments/actions.ts'
import type { Queued } from '@/lib/comments/queued-schema.ts'
import type { Answer } from '@/lib/errors.ts'
import { canKeep } from './can-keep.ts'
import { enqueue, readQueue } from './queue.ts'

/** After this long in ms it counts as not sent; sent twice, it is kept once. */
const patience = 15_000

let meetingId: string | null = null

/** Says which meeting is being read here; what is written of it is kept where it can't be sent. Answers how to end. */
export function writeFor(id: string): () => void {
  meetingId = id
  return () => {
    if (meetingId === id) meetingId = null
  }
}

type Without<T> = Omit<T, 'requestId'>
type ThreadInput = Without<Parameters<typeof comments.startThread>[0]>
type QuestionInput = Without<Parameters<typeof comments.ask>[0]>
type ReplyInput = Without<Parameters<typeof comments.reply>[0]>

/** Starts a thread, or keeps it until there is a net: then its id is '' for now. Throws where neither can be. */
export function startThread(input: ThreadInput): Promise<Answer<{ threadId: string }>> {
  if (!canKeep()) return comments.startThread(input)
  const request = { ...input, requestId: crypto.randomUUID() }
  return sendOrKeep({ kind: 'thread', input: request }, () => comments.startThread(request), { threadId: '' })
}

/** Puts a question to the secretariat, or keeps it until there is a net: then its id is '' for now. Throws as above. */
export function ask(input: QuestionInput): Promise<Answer<{ threadId: string }>> {
  if (!canKeep()) return comments.ask(input)
  const request = { ...input, requestId: crypto.randomUUID() }
  return sendOrKeep({ kind: 'question', input: request }, () => comments.ask(request), { threadId: '' })
}

/** Answers in a thread, or keeps the answer until there is a net: then its id is '' for now. Throws where neither can be. */
export function reply(input: ReplyInput): Promise<Answer<{ commentId: string }>> {
  if (!canKeep()) return comments.reply(input)
  const request = { ...input, requestId: crypto.randomUUID() }
  return sendOrKeep({ kind: 'reply', input: request }, () => comments.reply(request), { commentId: '' })
}

async function sendOrKeep<T>(queued: Queued, act: () => Promise<Answer<T>>, kept: T): Promise<Answer<T>> {
  const reading = meetingId
  if (!reading) return act()
  const keep = async () => ((await enqueue(queued, reading)) ? ({ ok: true, value: kept } as const) : null)
  // Behind what waits already, so that all of it arrives in the order it was written.
  const isWaiting = (await readQueue()).some(({ value }) => value.refused === null)
  if (isWaiting || !navigator.onLine) {
    const answer = await keep()
    if (answer) return answer
  }
  try {
    return await within(act())
  } catch (error) {
    const answer = await keep()
    if (answer) return answer
    throw error
  }
}

function within<T>(answer: Promise<T>): Promise<T> {
  const late = new Promise<never>((_, reject) => {
    setTimeout(() => reject(new Error('No answer came')), patience)
  })
  return Promise.race([answer, late])
}
