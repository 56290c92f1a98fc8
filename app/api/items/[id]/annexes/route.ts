import { z } from 'zod'
import { annexLimit } from '@/lib/agenda/annex-file.ts'
import { addAnnexFile } from '@/lib/agenda/annex-service.ts'
import { itemFor } from '@/lib/agenda/service.ts'
import { AppError } from '@/lib/errors.ts'
import { reply } from '@/lib/identity/reply.ts'

export const dynamic = 'force-dynamic'

const form = z.object({ file: z.instanceof(File), title: z.string().trim().max(300).default('') })

export function POST(request: Request, { params }: { params: Promise<{ id: string }> }) {
  return reply(async (actor) => {
    const { id } = await params
    // Asked again with the file; asked first so that nobody without the right has 25 MB read.
    await itemFor(actor, id, 'write')
    const length = Number(request.headers.get('content-length') ?? Number.POSITIVE_INFINITY)
    if (length > annexLimit + 10_000) throw new AppError('annex-too-large')
    const parsed = form.safeParse(Object.fromEntries(await request.formData()))
    if (!parsed.success) throw new AppError('invalid-input')
    const { file, title } = parsed.data
    const data = new Uint8Array(await file.arrayBuffer())
    return addAnnexFile(actor, { itemId: id, title, fileName: file.name, data })
  })
}
