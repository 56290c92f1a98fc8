import { loadReadiness } from '@/lib/dispatch/service.ts'
import { reply } from '@/lib/identity/reply.ts'

export const dynamic = 'force-dynamic'

export function GET(_request: Request, { params }: { params: Promise<{ id: string }> }) {
  return reply(async (actor) => loadReadiness(actor, (await params).id))
}
