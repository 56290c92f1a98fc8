import { getLocale } from 'next-intl/server'
import { exportComments, tableFormats } from '@/lib/comments/table-service.ts'
import { AppError } from '@/lib/errors.ts'
import { locales } from '@/lib/i18n/messages.ts'
import { download, reply } from '@/lib/identity/reply.ts'

export const dynamic = 'force-dynamic'

/** All comments on the agenda as a table, in the form `?format=` names. */
export function GET(request: Request, { params }: { params: Promise<{ id: string }> }) {
  return reply(async (actor) => {
    const wanted = new URL(request.url).searchParams.get('format')
    const format = tableFormats.find((known) => known === wanted)
    if (!format) throw new AppError('invalid-input')
    const [{ id: meetingId }, spoken] = await Promise.all([params, getLocale()])
    const locale = locales.find((known) => known === spoken) ?? 'da'
    return download(await exportComments(actor, { meetingId, format, locale }))
  })
}
