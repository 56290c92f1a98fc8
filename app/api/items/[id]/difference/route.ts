import { loadSinceApproved } from '@/lib/approval/read-service.ts'
import { AppError } from '@/lib/errors.ts'
import { reply } from '@/lib/identity/reply.ts'

export const dynamic = 'force-dynamic'

export function GET(request: Request, { params }: { params: Promise<{ id: string }> }) {
  return reply(async (actor) => {
    if (new URL(request.url).searchParams.get('since') !== 'approved') throw new AppError('invalid-input')
    return loadSinceApproved(actor, (await params).id)
  })
}
