import type { Db } from '@/lib/db.ts'

/** Names of bodies by id. */
export function findBodies(db: Db, ids: string[]): Promise<{ id: string; name: string }[]> {
  return db.body.findMany({ where: { id: { in: ids } }, select: { id: true, name: true } })
}
