/** The roles of a membership; a person without one is `public`. */
export const roles = ['secretariat', 'chair', 'member', 'substitute', 'observer', 'administrator'] as const

/** One of `roles`: what a membership makes a person in its body. */
export type Role = (typeof roles)[number]

/** What a person may do with one item. */
export const itemActs = [
  'read',
  'write',
  'submit',
  'approve',
  'comment',
  'moderate',
  'arrange',
  'readSent',
] as const

/** One of `itemActs`, the question `canItem` answers. */
export type ItemAct = (typeof itemActs)[number]

/** What a person may do with a body and its meetings. */
export const bodyActs = [
  'readAgenda',
  'arrangeAgenda',
  'importAgenda',
  'openWorkspace',
  'dispatchAgenda',
  'manageMail',
  'planMeetings',
  'editTemplate',
  'administer',
] as const

/** One of `bodyActs`, the question `canBody` answers. */
export type BodyAct = (typeof bodyActs)[number]

/** Where an item is on its way: a draft is known to secretariat and chairmanship only. */
export const itemPhases = ['draft', 'shared', 'frozen', 'revised', 'late', 'withheld'] as const

/**
 * One of `itemPhases`: shared from the first review, frozen once the meeting is no longer being prepared. After
 * dispatch an item is revised while its words are written on for the next edition, late while it is new and in review,
 * and withheld when it was never sent and no longer will be: those three are the office's, and others read what was
 * sent.
 */
export type ItemPhase = (typeof itemPhases)[number]

/** The facts of an item that decide rights. */
export type ItemFacts = { id: string; phase: ItemPhase; visibility: 'open' | 'closed' }

/**
 * The facts of a person in one body that decide rights; null is the public. `recusedFrom` holds the ids of the items
 * they are disqualified from.
 */
export type Subject = { role: Role; readsClosed: boolean; recusedFrom: readonly string[] } | null

type Phases = Readonly<Record<ItemPhase, readonly ItemAct[]>>

const nothing: Phases = { draft: [], shared: [], frozen: [], revised: [], late: [], withheld: [] }
const reader: Phases = {
  ...nothing,
  shared: ['read', 'comment'],
  frozen: ['read', 'comment', 'readSent'],
  revised: ['comment', 'readSent'],
}
const writer = ['read', 'write', 'submit', 'comment', 'moderate', 'arrange'] as const
const approver = ['read', 'approve', 'comment', 'moderate'] as const

/** Role × phase → acts on an open item. Closed items ask `readsClosedItems` first. */
const openItems: Readonly<Record<Role, Phases>> = {
  secretariat: {
    draft: writer,
    shared: writer,
    frozen: ['read', 'comment', 'moderate', 'readSent'],
    revised: [...writer, 'readSent'],
    late: writer,
    withheld: ['read', 'comment', 'moderate'],
  },
  chair: {
    draft: ['read', 'comment'],
    shared: approver,
    frozen: ['read', 'comment', 'moderate', 'readSent'],
    revised: [...approver, 'readSent'],
    late: approver,
    withheld: ['read', 'comment', 'moderate'],
  },
  member: reader,
  substitute: reader,
  observer: { ...nothing, shared: ['read'], frozen: ['read', 'readSent'], revised: ['readSent'] },
  administrator: nothing,
}

const body: Readonly<Record<Role, readonly BodyAct[]>> = {
  secretariat: [
    'readAgenda',
    'arrangeAgenda',
    'importAgenda',
    'openWorkspace',
    'dispatchAgenda',
    'manageMail',
    'planMeetings',
    'editTemplate',
  ],
  chair: ['readAgenda', 'openWorkspace'],
  member: ['readAgenda'],
  substitute: ['readAgenda'],
  observer: ['readAgenda'],
  administrator: ['editTemplate', 'administer'],
}

/** May this person read closed items at all? Secretariat and chairmanship always, members as their membership says. */
export function readsClosedItems(subject: Subject): boolean {
  if (!subject) return false
  if (subject.role === 'secretariat' || subject.role === 'chair') return true
  if (subject.role === 'member' || subject.role === 'substitute') return subject.readsClosed
  return false
}

/** Is this person disqualified from an item, so that nothing of it is theirs to read? */
export function isRecused(subject: Subject, itemId: string): boolean {
  return subject?.recusedFrom.includes(itemId) ?? false
}

/** May somebody of this role be disqualified from an item? Only who takes part in deciding it. */
export function canBeRecused(role: Role): boolean {
  return role === 'member' || role === 'substitute' || role === 'chair'
}

/** The one answer to "may this person do this with this item?", asked by pages, actions, downloads and the WebSocket. */
export function canItem(subject: Subject, act: ItemAct, item: ItemFacts): boolean {
  if (!subject || isRecused(subject, item.id)) return false
  if (item.visibility === 'closed' && !readsClosedItems(subject)) return false
  return openItems[subject.role][item.phase].includes(act)
}

/** May this person know the item and its conversations, by its words as they are or as they were sent? */
export function knowsItem(subject: Subject, item: ItemFacts): boolean {
  return canItem(subject, 'read', item) || canItem(subject, 'readSent', item)
}

/** The one answer to "may this person do this in this body?". */
export function canBody(subject: Subject, act: BodyAct): boolean {
  return subject !== null && body[subject.role].includes(act)
}

/** What of a meeting decides the phase of its items; `editionCount` counts what was sent of it. */
export type MeetingFacts = {
  state: string
  revision: 'edition' | 'supplement' | null
  editionCount: number
}

/** Is the working text of this agenda being written on? */
export function isOpen(meeting: MeetingFacts): boolean {
  return meeting.state === 'preparing' || (meeting.state === 'dispatched' && meeting.revision !== null)
}

/** The phase of an item: `submitted` is true from its first review, `sent` from its first dispatch. */
export function phaseOf(item: { submitted: boolean; sent: boolean }, meeting: MeetingFacts): ItemPhase {
  if (meeting.state === 'preparing') return item.submitted ? 'shared' : 'draft'
  if (item.sent || meeting.editionCount === 0) {
    return isOpen(meeting) && meeting.revision === 'edition' ? 'revised' : 'frozen'
  }
  if (!isOpen(meeting)) return 'withheld'
  return item.submitted ? 'late' : 'draft'
}
