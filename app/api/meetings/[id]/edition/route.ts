import { loadEdition } from '@/lib/dispatch/service.ts'
import { AppError } from '@/lib/errors.ts'
import { reply } from '@/lib/identity/reply.ts'

export const dynamic = 'force-dynamic'

/** What is valid now, or one edition by `?number=`. */
export function GET(request: Request, { params }: { params: Promise<{ id: string }> }) {
  return reply(async (actor) => {
    const wanted = new URL(request.url).searchParams.get('number')
    if (wanted !== null && !/^\d{1,6}$/.test(wanted)) throw new AppError('invalid-input')
    return loadEdition(actor, (await params).id, wanted === null ? null : Number(wanted))
  })
}
