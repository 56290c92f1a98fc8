import { listOffline } from '@/lib/dispatch/offline-service.ts'
import { reply } from '@/lib/identity/reply.ts'

export const dynamic = 'force-dynamic'

/** Which meetings this person's browser may keep for reading without a net. */
export function GET() {
  return reply((actor) => listOffline(actor))
}
