import { sha256 } from '@/lib/agenda/hash.ts'
import { loadOffline } from '@/lib/dispatch/offline-service.ts'
import { AppError } from '@/lib/errors.ts'
import { reply } from '@/lib/identity/reply.ts'

export const dynamic = 'force-dynamic'

/**
 * What may be kept of a meeting for reading without a net; 304 where the browser has just that. `?for=` names whose
 * copies the browser holds: nobody else's are answered.
 */
export function GET(request: Request, { params }: { params: Promise<{ id: string }> }) {
  return reply(async (actor) => {
    if (new URL(request.url).searchParams.get('for') !== actor.userId) throw new AppError('not-signed-in')
    const text = JSON.stringify(await loadOffline(actor, (await params).id))
    const etag = `"${sha256(text)}"`
    const headers = { etag, 'cache-control': 'no-store', 'content-type': 'application/json' }
    return request.headers.get('if-none-match') === etag
      ? new Response(null, { status: 304, headers })
      : new Response(text, { headers })
  })
}
