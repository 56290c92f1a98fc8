import { z } from 'zod'
import { type ErrorCode, errorCodes } from '@/lib/errors.ts'
import { agendaFileLimit } from '@/lib/import/decode.ts'
import { agendaTextSchema, proofLineSchema } from '@/lib/import/schema.ts'

const readFileSchema = z.object({ agenda: agendaTextSchema, proof: z.array(proofLineSchema) })
const createdSchema = z.object({ meetingId: z.uuid() })
const refusalSchema = z.object({ code: z.enum(errorCodes) })

export type ReadFile = z.infer<typeof readFileSchema>
export type ImportAnswer<T> = { ok: true; value: T } | { ok: false; code: ErrorCode | 'offline' }

async function send<T>(form: FormData, shape: z.ZodType<T>): Promise<ImportAnswer<T>> {
  let response: Response
  try {
    response = await fetch('/api/import', { method: 'POST', body: form })
  } catch {
    return { ok: false, code: 'offline' }
  }
  const answer: unknown = await response.json().catch(() => null)
  const value = shape.safeParse(answer)
  if (response.ok && value.success) return { ok: true, value: value.data }
  const refusal = refusalSchema.safeParse(answer)
  return { ok: false, code: refusal.success ? refusal.data.code : 'unexpected' }
}

/** Asks the server to read a file; nothing is created. A file over the limit is not even sent. */
export async function proofOf(file: File): Promise<ImportAnswer<ReadFile>> {
  if (file.size > agendaFileLimit) return { ok: false, code: 'import-too-large' }
  const form = new FormData()
  form.set('file', file)
  return send(form, readFileSchema)
}

/** Asks the server to create the meeting; `form` brings bodyId, startsAt and place. */
export function createFromFile(file: File, form: FormData): Promise<ImportAnswer<{ meetingId: string }>> {
  form.set('file', file)
  return send(form, createdSchema)
}
