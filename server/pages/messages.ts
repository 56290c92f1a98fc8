import { z } from 'zod'

/** What the pages need to begin: the settled secret and the database that the parent opened. */
export type Serve = z.output<typeof serveSchema>

const serveSchema = z.object({
  kind: z.literal('serve'),
  authSecret: z.string(),
  database: z.object({ url: z.string(), kind: z.enum(['embedded', 'postgresql']) }),
})

const stopSchema = z.object({ kind: z.literal('stop') })

/** What the parent tells the process of the pages. */
export const orderSchema = z.discriminatedUnion('kind', [serveSchema, stopSchema])

/** One thing the parent tells the process of the pages. */
export type Order = z.output<typeof orderSchema>

/** What the process of the pages says when it answers requests. */
export const ready = 'ready'

/** Where the parent asks the pages themselves whether they answer; the door passes neither this nor the next. */
export const livePath = '/api/health/live'
/** Where the parent asks the pages what they have counted. */
export const metricsPath = '/api/metrics'
