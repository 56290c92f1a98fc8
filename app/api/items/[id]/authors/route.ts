import { loadAuthors } from '@/lib/agenda/author-service.ts'
import { reply } from '@/lib/identity/reply.ts'

export const dynamic = 'force-dynamic'

export function GET(_request: Request, { params }: { params: Promise<{ id: string }> }) {
  return reply(async (actor) => loadAuthors(actor, (await params).id))
}
