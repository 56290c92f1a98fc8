import { readSentAnnex } from '@/lib/dispatch/service.ts'
import { download, reply } from '@/lib/identity/reply.ts'

export const dynamic = 'force-dynamic'

export function GET(_request: Request, { params }: { params: Promise<{ id: string }> }) {
  return reply(async (actor) => download(await readSentAnnex(actor, (await params).id)))
}
