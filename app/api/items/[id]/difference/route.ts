import { loadComparison, loadSinceApproved } from '@/lib/approval/read-service.ts'
import { comparedMoments } from '@/lib/approval/schema.ts'
import { AppError } from '@/lib/errors.ts'
import { reply } from '@/lib/identity/reply.ts'

export const dynamic = 'force-dynamic'

export function GET(request: Request, { params }: { params: Promise<{ id: string }> }) {
  return reply(async (actor) => {
    const { id: itemId } = await params
    const asked = Object.fromEntries(new URL(request.url).searchParams)
    if (asked.since === 'approved') return loadSinceApproved(actor, itemId)
    const moments = comparedMoments.safeParse(asked)
    if (!moments.success) throw new AppError('invalid-input')
    return loadComparison(actor, { itemId, ...moments.data })
  })
}
