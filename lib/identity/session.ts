import { headers } from 'next/headers'
import { unstable_rethrow } from 'next/navigation'
import { cache } from 'react'
import type { z } from 'zod'
import { type Answer, AppError, type ErrorCode } from '@/lib/errors.ts'
import { log } from '@/lib/log.ts'
import type { Actor } from './schema.ts'
import { actorFromCookies } from './token.ts'

/** The signed-in person of the request under way, or null; read once a request. */
export const currentActor: () => Promise<Actor | null> = cache(async () =>
  actorFromCookies((await headers()).get('cookie')),
)

/** The signed-in person of the request under way. Throws not-signed-in. */
export async function requireActor(): Promise<Actor> {
  const actor = await currentActor()
  if (!actor) throw new AppError('not-signed-in')
  return actor
}

/**
 * Makes a server action of a use case: shape of the input, session, use case, code. What the browser sends is
 * untrusted until `schema` has read it. Beside the use case's own codes an action answers `invalid-input`,
 * `not-signed-in`, and `unexpected` for what goes wrong without a code, which is logged.
 */
export function act<Schema extends z.ZodType, Value>(
  schema: Schema,
  perform: (actor: Actor, input: z.output<Schema>) => Promise<Value>,
): (input: z.input<Schema>) => Promise<Answer<Value>> {
  return async (input) => {
    const parsed = schema.safeParse(input)
    if (!parsed.success) return { ok: false, code: 'invalid-input' }
    try {
      return { ok: true, value: await perform(await requireActor(), parsed.data) }
    } catch (error) {
      return { ok: false, code: codeOf(error) }
    }
  }
}

function codeOf(error: unknown): ErrorCode {
  if (error instanceof AppError) return error.code
  // Next tells redirects and the like by throwing; they are not ours to answer.
  unstable_rethrow(error)
  log.error({ err: error }, 'action failed')
  return 'unexpected'
}
