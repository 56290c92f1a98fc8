import type { Db } from '@/lib/db.ts'

/** How many rows are read at a time, so that a database of any size can be gone through. */
const atATime = 50

type Page<Row> = (after: string) => Promise<Row[]>

async function* pages<Row extends { id: string }>(page: Page<Row>): AsyncGenerator<Row> {
  for (let after = ''; ; ) {
    const rows = await page(after)
    yield* rows
    const last = rows.at(-1)
    if (!last) return
    after = last.id
  }
}

const next = (after: string) =>
  ({ where: { id: { gt: after } }, orderBy: { id: 'asc' }, take: atATime }) as const

const frameParts = {
  generation: true,
  visibility: true,
  publicTitle: true,
  contentHash: true,
  projectedSeq: true,
  annexes: { where: { deletedAt: null }, orderBy: { position: 'asc' } },
} as const

/** Every document of every generation, by id, with what is kept of its item beside it. */
export function allDocuments(db: Db) {
  return pages((after) =>
    db.document.findMany({
      ...next(after),
      select: { id: true, itemId: true, generation: true, item: { select: frameParts } },
    }),
  )
}

/** Every kept version, by id. */
export function allVersions(db: Db) {
  return pages((after) => db.version.findMany(next(after)))
}

/** Every annex that has a file, deleted ones too, by id. */
export function allAnnexFiles(db: Db) {
  return pages(async (after) => {
    const { where, ...order } = next(after)
    const rows = await db.annex.findMany({
      where: { ...where, file: { isNot: null } },
      ...order,
      select: { id: true, contentHash: true, file: true },
    })
    return rows
  })
}

/** Every item, deleted ones too, by id. */
export function allItems(db: Db) {
  return pages((after) =>
    db.item.findMany({
      ...next(after),
      select: { id: true, meetingId: true, meeting: { select: { bodyId: true } } },
    }),
  )
}
