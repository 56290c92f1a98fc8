import { z } from 'zod'
import { AppError } from '@/lib/errors.ts'
import { danishTime } from '@/lib/i18n/when.ts'
import { reply } from '@/lib/identity/reply.ts'
import { agendaFileLimit } from '@/lib/import/decode.ts'
import { importAgenda, proveAgenda } from '@/lib/import/service.ts'

export const dynamic = 'force-dynamic'

const form = z.object({
  file: z.instanceof(File),
  bodyId: z.uuid().optional(),
  startsAt: z.string().optional(),
  place: z.string().trim().min(1).max(200).optional(),
})

/** With a body, a time and a place the agenda is created; with the file alone only the proof is answered. */
export function POST(request: Request) {
  return reply(async (actor) => {
    const { file, bodyId, startsAt, place } = await readForm(request)
    const bytes = new Uint8Array(await file.arrayBuffer())
    if (bodyId === undefined) return proveAgenda(actor, bytes)
    const time = danishTime(startsAt ?? '')
    if (!time || !place) throw new AppError('invalid-input')
    return importAgenda(actor, bytes, { bodyId, startsAt: time, place })
  })
}

async function readForm(request: Request): Promise<z.output<typeof form>> {
  // The length is asked before the body is read: 50 MB must not be taken into memory to be refused.
  const length = Number(request.headers.get('content-length') ?? Number.POSITIVE_INFINITY)
  if (length > agendaFileLimit + 10_000) throw new AppError('import-too-large')
  const parsed = form.safeParse(Object.fromEntries(await request.formData()))
  if (!parsed.success) throw new AppError('invalid-input')
  return parsed.data
}
