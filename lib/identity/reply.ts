import { AppError, type ErrorCode } from '@/lib/errors.ts'
import { log } from '@/lib/log.ts'
import type { Actor } from './schema.ts'
import { currentActor } from './session.ts'

const statuses: Partial<Record<ErrorCode, number>> = {
  'not-signed-in': 401,
  forbidden: 403,
  'not-found': 404,
  'stale-content': 409,
  'agenda-frozen': 409,
  'import-too-large': 413,
  'annex-too-large': 413,
  'annex-type-refused': 415,
  'store-unavailable': 503,
  unexpected: 500,
}

/** The answer of a route to a refusal: `{ code }` with the HTTP status that fits it. */
export function refuse(code: ErrorCode): Response {
  return Response.json({ code }, { status: statuses[code] ?? 400, headers: { 'cache-control': 'no-store' } })
}

/**
 * Runs a route's work for the signed-in person and answers its value as JSON, or its Response as it is. Refusals
 * become `{ code }`; what nobody foresaw is logged without content and answered as `unexpected`.
 */
export async function reply(work: (actor: Actor) => Promise<unknown>): Promise<Response> {
  try {
    const actor = await currentActor()
    if (!actor) return refuse('not-signed-in')
    const value = await work(actor)
    if (value instanceof Response) return value
    return Response.json(value, { headers: { 'cache-control': 'no-store' } })
  } catch (error) {
    if (error instanceof AppError) return refuse(error.code)
    log.error({ err: error }, 'route failed')
    return refuse('unexpected')
  }
}

/** A file to keep. Always a download, never shown inline: a file must not be able to run anything on our origin. */
export function download(file: {
  fileName: string
  contentType: string
  data: Uint8Array<ArrayBuffer>
}): Response {
  return new Response(file.data, {
    headers: {
      'content-type': file.contentType,
      'content-disposition': `attachment; filename*=UTF-8''${encodeURIComponent(file.fileName)}`,
      'content-security-policy': "sandbox; default-src 'none'",
      'x-content-type-options': 'nosniff',
      'cache-control': 'no-store',
    },
  })
}
