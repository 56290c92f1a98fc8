import { randomUUID } from 'node:crypto'
import { createState, emptyContent, type ItemContent } from '@/lib/agenda/doc.ts'
import { checksum, contentHash } from '@/lib/agenda/hash.ts'
import type { ItemFrame } from '@/lib/agenda/rules.ts'
import { db } from '@/lib/db.ts'
import type { Role } from '@/lib/identity/rules.ts'
import type { Actor, ActorMembership } from '@/lib/identity/schema.ts'

/** Makes a body; the slug is its own unless given. */
export function createBody(
  data: { slug?: string; name?: string; approvalRule?: 'both' | 'either' | 'chair' } = {},
) {
  return db().body.create({ data: { slug: randomUUID(), name: 'Prøverådet', ...data } })
}

/** Makes a user; the address is its own unless given. */
export function createUser(data: { email?: string; name?: string; initials?: string } = {}) {
  return db().user.create({
    data: { email: `${randomUUID()}@example.org`, name: 'Prøve', initials: 'prv', ...data },
  })
}

type MembershipData = {
  bodyId: string
  userId: string
  role: Role
  position?: 'chair' | 'viceChair'
  politicalGroup?: string
  side?: 'blue' | 'red'
  readsClosed?: boolean
  termFrom?: Date
  termTo?: Date | null
}

/** Makes a user's membership of a body, in force since 2018 unless given. */
export function createMembership(data: MembershipData) {
  return db().membership.create({ data: { termFrom: new Date('2018-01-01'), ...data } })
}

/** Makes a user with one membership, as the actor the services want. */
export async function createActor(
  data: Omit<MembershipData, 'userId'> & { name?: string; initials?: string },
): Promise<Actor & { memberships: [ActorMembership] }> {
  const { name, initials, ...membership } = data
  const user = await createUser({ ...(name && { name }), ...(initials && { initials }) })
  const row = await createMembership({ ...membership, userId: user.id })
  const { bodyId, role, position, politicalGroup, side, readsClosed } = row
  const held = { bodyId, role, position, politicalGroup, side, readsClosed, recusedFrom: [] }
  return { userId: user.id, name: user.name, initials: user.initials, memberships: [held] }
}

/** Makes a meeting of a body, on 13 September 2019 unless given. */
export function createMeeting(data: {
  bodyId: string
  startsAt?: Date
  place?: string
  state?: 'preparing' | 'dispatched' | 'held' | 'recorded'
}) {
  return db().meeting.create({
    data: { startsAt: new Date('2019-09-13T07:30:00Z'), place: 'Viborg', ...data },
  })
}

/** Makes a section of a meeting. */
export function createSection(data: { meetingId: string; title?: string; position?: number }) {
  return db().section.create({ data: { title: 'Sager', position: 0, ...data } })
}

type ItemData = {
  meetingId: string
  sectionId: string
  position?: number
  content?: Partial<ItemContent>
  visibility?: 'open' | 'closed'
  publicTitle?: string
  closedReason?: string
  submittedAt?: Date
}

/** Makes an item with its document, whose first update holds the content; answers the rows' ids and the hash. */
export async function createItem({ content: given, ...data }: ItemData) {
  const content = { ...emptyContent, title: 'Prøvesag', ...given }
  const state = new Uint8Array(createState(content))
  const frame: ItemFrame = {
    visibility: data.visibility ?? 'open',
    publicTitle: data.publicTitle ?? null,
    annexes: [],
  }
  const hash = contentHash(content, frame)
  const item = await db().item.create({
    data: {
      position: 0,
      ...data,
      title: content.title,
      content,
      contentHash: hash,
      searchText: content.title,
    },
  })
  const document = await db().document.create({
    data: { itemId: item.id, generation: 1, updates: { create: { data: state, checksum: checksum(state) } } },
    include: { updates: true },
  })
  const projectedSeq = document.updates[0]?.seq ?? 0n
  await db().item.update({ where: { id: item.id }, data: { projectedSeq } })
  return { id: item.id, documentId: document.id, contentHash: hash, content, state, generation: 1 }
}

/** Makes a body with one meeting, one section and one item: the smallest agenda. */
export async function createAgenda(item: Partial<Omit<ItemData, 'meetingId' | 'sectionId'>> = {}) {
  const body = await createBody()
  const meeting = await createMeeting({ bodyId: body.id })
  const section = await createSection({ meetingId: meeting.id })
  const made = await createItem({ ...item, meetingId: meeting.id, sectionId: section.id })
  return { body, meeting, section, item: made }
}
