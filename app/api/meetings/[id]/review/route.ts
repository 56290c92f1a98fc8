import { loadReview } from '@/lib/approval/read-service.ts'
import { reply } from '@/lib/identity/reply.ts'

export const dynamic = 'force-dynamic'

export function GET(_request: Request, { params }: { params: Promise<{ id: string }> }) {
  return reply(async (actor) => loadReview(actor, (await params).id))
}
