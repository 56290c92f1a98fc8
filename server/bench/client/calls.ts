import { z } from 'zod'
import { typedSchema } from './crowd.ts'
import { openedSchema } from './open.ts'
import { crowdSchema, targetSchema } from './target.ts'

/** What the client process can be asked to do: the shape of each question and of its answer. */
export const calls = {
  /** Brings a crowd together; there is one at a time. */
  connect: {
    question: z.object({ target: targetSchema, size: crowdSchema, atATime: z.number().optional() }),
    answer: z.object({ ms: z.number() }),
  },
  type: {
    question: z.object({ perSecond: z.number(), seconds: z.number(), patience: z.number().optional() }),
    answer: typedSchema,
  },
  drop: { question: z.object({}), answer: z.object({}) },
  give: {
    question: z.object({ target: targetSchema, room: z.number(), file: z.string() }),
    answer: openedSchema,
  },
  open: { question: z.object({ target: targetSchema, room: z.number() }), answer: openedSchema },
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
