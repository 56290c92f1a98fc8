import { z } from 'zod'
import { paceSchema, returnedSchema, typedSchema } from './crowd.ts'
import { openedSchema, roomSchema } from './open.ts'
import { replayedSchema, replaySchema } from './replay.ts'
import { crowdSchema, targetSchema } from './target.ts'

const nothing = z.object({})
const file = z.object({ target: targetSchema, room: z.number(), file: z.string() })
const ms = z.object({ ms: z.number() })

/** What the client process can be asked to do: the shape of each question and of its answer. */
export const calls = {
  /** Brings a crowd together; there is one at a time. */
  connect: {
    question: z.object({ target: targetSchema, size: crowdSchema, atATime: z.number().optional() }),
    answer: ms,
  },
  type: { question: paceSchema, answer: typedSchema },
  /** The server may go away now. */
  expectLoss: { question: nothing, answer: nothing },
  comeBack: { question: z.object({ patience: z.number() }), answer: returnedSchema },
  /** Counts what is left of what the crowd typed; times in ms. */
  count: {
    question: z.object({ target: targetSchema, rooms: z.number() }),
    answer: z.object({
      sent: z.number(),
      lost: z.number(),
      acknowledged: z.number(),
      acknowledgedLost: z.number(),
    }),
  },
  /** Gives a room a document and stays in it. */
  give: { question: file, answer: nothing },
  /** Those who gave leave. */
  leave: { question: nothing, answer: nothing },
  open: { question: z.object({ target: targetSchema, ...roomSchema.shape }), answer: openedSchema },
  /** Writes a file's updates into a room. */
  write: { question: file, answer: ms },
  /** Brings people together to replay a recorded session in many rooms at once. */
  beginReplay: { question: z.object({ target: targetSchema, ...replaySchema.shape }), answer: nothing },
  /** Goes on with the replay for some seconds. */
  replay: { question: z.object({ seconds: z.number() }), answer: replayedSchema },
} as const

/** The names of the calls. */
export type CallName = keyof typeof calls

/** What a call is given. */
export type Question<Name extends CallName> = z.infer<(typeof calls)[Name]['question']>

/** What a call answers. */
export type Answer<Name extends CallName> = z.infer<(typeof calls)[Name]['answer']>

/** A call on its way to the client process. */
export const callSchema = z.object({ id: z.number(), name: z.string(), question: z.unknown() })

/** Its answer on its way back. */
export const replySchema = z.object({ id: z.number(), answer: z.unknown(), error: z.string().nullable() })
