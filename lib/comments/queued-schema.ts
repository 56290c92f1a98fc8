import { z } from 'zod'
import { requests } from './schema.ts'

// What was written without a net is sent until it is known to be kept, so it always says which request it is.
const requestId = z.uuid()

/** What may be written without a net and sent later: a new thread, a question, an answer. */
export const queuedSchema = z.discriminatedUnion('kind', [
  z.object({ kind: z.literal('thread'), input: requests.startThread.extend({ requestId }) }),
  z.object({ kind: z.literal('question'), input: requests.ask.extend({ requestId }) }),
  z.object({ kind: z.literal('reply'), input: requests.reply.extend({ requestId }) }),
])

/** Something written without a net, as `queuedSchema` checks it. */
export type Queued = z.infer<typeof queuedSchema>

/** What a browser sends of it: also who wrote it, for somebody else may have signed in meanwhile. */
export const sentSchema = z.intersection(z.object({ userId: z.uuid() }), queuedSchema)

/** Something written without a net and now sent, as `sentSchema` checks it. */
export type Sent = z.infer<typeof sentSchema>
