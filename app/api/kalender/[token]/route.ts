import { AppError } from '@/lib/errors.ts'
import { refuse } from '@/lib/identity/reply.ts'
import { readCalendar } from '@/lib/meeting/service.ts'

export const dynamic = 'force-dynamic'

/** A calendar program asks without a session: the address itself is the key. */
export async function GET(_request: Request, { params }: { params: Promise<{ token: string }> }) {
  const { token } = await params
  try {
    const calendar = await readCalendar(token.replace(/\.ics$/, ''))
    return new Response(calendar, {
      headers: {
        'content-type': 'text/calendar; charset=utf-8',
        'cache-control': 'private, no-store',
        'x-content-type-options': 'nosniff',
        'x-robots-tag': 'noindex',
      },
    })
  } catch (error) {
    if (error instanceof AppError) return refuse(error.code)
    throw error
  }
}
