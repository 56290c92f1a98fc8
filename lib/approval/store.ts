import type { Db } from '@/lib/db.ts'
import { inTerm } from '@/lib/identity/term.ts'
import type { Prisma } from '@/prisma/client/client.ts'
import type { ApprovalRule, Seat } from './rules.ts'
import type { NamedVerdict } from './view.ts'

/** A body's rule, the seats of its chairmanship that are filled on a day, and who then stands in for the chair. */
export type Chairmanship = {
  rule: ApprovalRule
  seats: Seat[]
  isStoodIn: boolean
  standIn: { id: string; untilDay: Date } | null
}

/** Reads a body's chairmanship as it is on a day (midnight UTC). */
export async function findChairmanship(
  db: Db,
  { bodyId, today }: { bodyId: string; today: Date },
): Promise<Chairmanship> {
  const body = await db.body.findUniqueOrThrow({
    where: { id: bodyId },
    select: {
      approvalRule: true,
      memberships: {
        where: { role: 'chair', position: { not: null }, ...inTerm(today) },
        select: { position: true, user: { select: { recusals: { select: { itemId: true } } } } },
        orderBy: { position: 'asc' },
      },
      standIns: {
        where: { endedAt: null, fromDay: { lte: today }, untilDay: { gte: today } },
        select: { id: true, untilDay: true },
        orderBy: { id: 'desc' },
        take: 1,
      },
    },
  })
  const seats = body.memberships.flatMap(({ position, user }) => {
    return position ? [{ position, recusedFrom: user.recusals.map(({ itemId }) => itemId) }] : []
  })
  const standIn = body.standIns[0] ?? null
  return {
    rule: body.approvalRule,
    seats,
    isStoodIn: standIn !== null,
    standIn,
  }
}

const verdictShape = { user: { select: { name: true, initials: true } } } satisfies Prisma.ApprovalInclude

type VerdictRow = Prisma.ApprovalGetPayload<{ include: typeof verdictShape }>

function named({ user, createdAt, ...row }: VerdictRow): NamedVerdict {
  return { ...row, ...user, forChair: row.standInId !== null, at: createdAt }
}

/** All verdicts on these items, the oldest first. */
export async function findVerdicts(db: Db, itemIds: string[]): Promise<NamedVerdict[]> {
  const rows = await db.approval.findMany({
    where: { itemId: { in: itemIds } },
    include: verdictShape,
    orderBy: [{ createdAt: 'asc' }, { id: 'asc' }],
  })
  return rows.map(named)
}

/** A verdict to keep; `at` becomes its `createdAt`, the name is read from the person, and an id is made where none is. */
export type NewVerdict = Omit<NamedVerdict, 'id' | 'name' | 'initials' | 'forChair'> & {
  id: string | undefined
}

/** Keeps a verdict. */
export async function insertVerdict(db: Db, { id, at, ...verdict }: NewVerdict): Promise<NamedVerdict> {
  return named(await db.approval.create({ data: { ...verdict, id, createdAt: at }, include: verdictShape }))
}

/** Reads the words of kept versions as they lie in their JSON columns. */
export function findVersions(db: Db, ids: string[]) {
  return db.version.findMany({ where: { id: { in: ids } }, select: { id: true, content: true, frame: true } })
}

/**
 * The last verdicts of people that are approvals of other words than the present ones, of items that are still written
 * in: they have lapsed.
 */
export function findLapsed(
  db: Db,
): Promise<{ id: string; userId: string; itemId: string; meetingId: string; bodyId: string }[]> {
  return db.$queryRaw`
    SELECT l."id", l."userId", l."itemId", i."meetingId", m."bodyId"
    FROM (
      SELECT DISTINCT ON (a."itemId", a."userId") a.* FROM "Approval" a
      ORDER BY a."itemId", a."userId", a."createdAt" DESC, a."id" DESC
    ) AS l
    JOIN "Item" i ON i."id" = l."itemId" AND i."deletedAt" IS NULL AND i."contentHash" <> l."contentHash"
    JOIN "Meeting" m ON m."id" = i."meetingId" AND (m."state" = 'preparing' OR m."revision" IS NOT NULL)
    WHERE l."verdict" = 'approved'
    ORDER BY l."createdAt"`
}

/** Every verdict of every item with the hash of the version it names, the oldest first, a few hundred at a time. */
export async function* allVerdicts(db: Db) {
  for (let after = ''; ; ) {
    const rows = await db.approval.findMany({
      where: { id: { gt: after } },
      orderBy: { id: 'asc' },
      take: 200,
      select: {
        id: true,
        itemId: true,
        contentHash: true,
        version: { select: { itemId: true, contentHash: true } },
      },
    })
    yield* rows
    const last = rows.at(-1)
    if (!last) return
    after = last.id
  }
}

/** Reads who of a body's chairmanship must approve. */
export async function findRule(db: Db, bodyId: string): Promise<ApprovalRule> {
  const row = await db.body.findUniqueOrThrow({ where: { id: bodyId }, select: { approvalRule: true } })
  return row.approvalRule
}

/** Sets who of a body's chairmanship must approve. */
export async function updateRule(db: Db, bodyId: string, rule: ApprovalRule): Promise<void> {
  await db.body.update({ where: { id: bodyId }, data: { approvalRule: rule } })
}

/** The ids of a body's meetings that are still written for. */
export async function findOpenMeetings(db: Db, bodyId: string): Promise<string[]> {
  const meetings = await db.meeting.findMany({
    where: { bodyId, OR: [{ state: 'preparing' }, { state: 'dispatched', revision: { not: null } }] },
    select: { id: true },
  })
  return meetings.map(({ id }) => id)
}

/** The stand-in of a body that holds on a day (midnight UTC) or is still to come, the one set last. */
export function findStandIn(db: Db, { bodyId, today }: { bodyId: string; today: Date }) {
  return db.standIn.findFirst({
    where: { bodyId, endedAt: null, untilDay: { gte: today } },
    orderBy: { id: 'desc' },
  })
}

/** Keeps that the vice-chair acts for the chair, and answers its id. */
export async function insertStandIn(
  db: Db,
  data: { bodyId: string; reason: string; fromDay: Date; untilDay: Date; userId: string },
): Promise<string> {
  return (await db.standIn.create({ data, select: { id: true } })).id
}

/** Calls off what of a body's stand-ins is not over on a day, and answers their ids. */
export async function endStandIns(
  db: Db,
  { bodyId, today, at }: { bodyId: string; today: Date; at: Date },
): Promise<string[]> {
  const open = { bodyId, endedAt: null, untilDay: { gte: today } }
  const rows = await db.standIn.findMany({ where: open, select: { id: true } })
  await db.standIn.updateMany({ where: open, data: { endedAt: at } })
  return rows.map(({ id }) => id)
}
