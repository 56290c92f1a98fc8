import { z } from 'zod'

/** What the process of a server under test is told. */
export const orderSchema = z.discriminatedUnion('kind', [
  z.object({
    kind: z.literal('begin'),
    port: z.number(),
    env: z.record(z.string(), z.string()),
    limits: z.record(z.string(), z.number()),
  }),
  z.object({ kind: z.literal('figures'), collect: z.boolean() }),
])

/** How it is to begin: on which port, with which settings and limits. */
export type Begin = Extract<z.infer<typeof orderSchema>, { kind: 'begin' }>

/** Memory in bytes, the event loop's delay since it was last asked in ms, and what `Sync.figures` tells. */
export const figuresSchema = z.looseObject({
  resident: z.number(),
  loop: z.object({ p99: z.number(), longest: z.number() }),
  connections: z.number(),
  rooms: z.number(),
  refusals: z.record(z.string(), z.number()),
  garbledSignals: z.number(),
})

/** The figures of a server under test. */
export type ServerFigures = z.infer<typeof figuresSchema>

/** What it answers. */
export const answerSchema = z.discriminatedUnion('kind', [
  z.object({ kind: z.literal('standing') }),
  z.object({ kind: z.literal('ready'), databaseUrl: z.string() }),
  figuresSchema.extend({ kind: z.literal('figures') }),
])

/** One of its answers. */
export type Answer = z.infer<typeof answerSchema>
