import { sentSchema } from '@/lib/comments/queued-schema.ts'
import { sendQueued } from '@/lib/comments/queued-service.ts'
import { AppError } from '@/lib/errors.ts'
import { reply } from '@/lib/identity/reply.ts'

export const dynamic = 'force-dynamic'

/** Takes what was written without a net, one at a time; the same sent again is kept once. */
export function POST(request: Request) {
  return reply(async (actor) => {
    // A form of another site can send text, but not JSON without being asked for leave first.
    if (!request.headers.get('content-type')?.startsWith('application/json'))
      throw new AppError('invalid-input')
    const body: unknown = await request.json().catch(() => null)
    const parsed = sentSchema.safeParse(body)
    if (!parsed.success) throw new AppError('invalid-input')
    await sendQueued(actor, parsed.data)
    return { kept: true }
  })
}
