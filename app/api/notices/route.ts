import { reply } from '@/lib/identity/reply.ts'
import { countUnread } from '@/lib/notices/service.ts'

export const dynamic = 'force-dynamic'

export function GET() {
  return reply(async (actor) => ({ unread: await countUnread(actor) }))
}
