import { loadReadDifference } from '@/lib/dispatch/service.ts'
import { AppError } from '@/lib/errors.ts'
import { reply } from '@/lib/identity/reply.ts'

export const dynamic = 'force-dynamic'

/** What changed since the reader last read the item, up to the words of `?hash=`. */
export function GET(request: Request, { params }: { params: Promise<{ id: string }> }) {
  return reply(async (actor) => {
    const contentHash = new URL(request.url).searchParams.get('hash') ?? ''
    if (!/^[0-9a-f]{64}$/.test(contentHash)) throw new AppError('invalid-input')
    return loadReadDifference(actor, { itemId: (await params).id, contentHash })
  })
}
