import { readAnnex } from '@/lib/agenda/annex-service.ts'
import { reply } from '@/lib/identity/reply.ts'

export const dynamic = 'force-dynamic'

// Always a download, never shown inline: a file must not be able to run anything on our origin.
export function GET(_request: Request, { params }: { params: Promise<{ id: string }> }) {
  return reply(async (actor) => {
    const { fileName, contentType, data } = await readAnnex(actor, (await params).id)
    return new Response(data, {
      headers: {
        'content-type': contentType,
        'content-disposition': `attachment; filename*=UTF-8''${encodeURIComponent(fileName)}`,
        'content-security-policy': "sandbox; default-src 'none'",
        'x-content-type-options': 'nosniff',
        'cache-control': 'no-store',
      },
    })
  })
}
