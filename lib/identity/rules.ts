/** The roles of a membership; a person without one is `public`. */
export const roles = ['secretariat', 'chair', 'member', 'substitute', 'observer', 'administrator'] as const

/** One of `roles`: what a membership makes a person in its body. */
export type Role = (typeof roles)[number]

/** What a person may do with one item. */
export const itemActs = ['read', 'write', 'submit', 'approve', 'comment', 'moderate', 'arrange'] as const

/** One of `itemActs`, the question `canItem` answers. */
export type ItemAct = (typeof itemActs)[number]

/** What a person may do with a body and its meetings. */
export const bodyActs = [
  'readAgenda',
  'arrangeAgenda',
  'importAgenda',
  'openWorkspace',
  'administer',
] as const

/** One of `bodyActs`, the question `canBody` answers. */
export type BodyAct = (typeof bodyActs)[number]

/** Where an item is on its way: a draft is known to secretariat and chairmanship only. */
export const itemPhases = ['draft', 'shared', 'frozen'] as const

/** One of `itemPhases`: shared from the first review, frozen once the meeting is no longer being prepared. */
export type ItemPhase = (typeof itemPhases)[number]

/** The facts of an item that decide rights. */
export type ItemFacts = { phase: ItemPhase; visibility: 'open' | 'closed' }

/** The facts of a person in one body that decide rights; null is the public. */
export type Subject = { role: Role; readsClosed: boolean } | null

type Phases = Readonly<Record<ItemPhase, readonly ItemAct[]>>

const nothing: Phases = { draft: [], shared: [], frozen: [] }
const reader: Phases = { draft: [], shared: ['read', 'comment'], frozen: ['read', 'comment'] }

/** Role × phase → acts on an open item. Closed items ask `readsClosedItems` first. */
const openItems: Readonly<Record<Role, Phases>> = {
  secretariat: {
    draft: ['read', 'write', 'submit', 'comment', 'moderate', 'arrange'],
    shared: ['read', 'write', 'submit', 'comment', 'moderate', 'arrange'],
    frozen: ['read', 'comment', 'moderate'],
  },
  chair: {
    draft: ['read', 'comment'],
    shared: ['read', 'approve', 'comment', 'moderate'],
    frozen: ['read', 'comment', 'moderate'],
  },
  member: reader,
  substitute: reader,
  observer: { draft: [], shared: ['read'], frozen: ['read'] },
  administrator: nothing,
}

const body: Readonly<Record<Role, readonly BodyAct[]>> = {
  secretariat: ['readAgenda', 'arrangeAgenda', 'importAgenda', 'openWorkspace'],
  chair: ['readAgenda', 'openWorkspace'],
  member: ['readAgenda'],
  substitute: ['readAgenda'],
  observer: ['readAgenda'],
  administrator: ['administer'],
}

/** May this person read closed items at all? Secretariat and chairmanship always, members as their membership says. */
export function readsClosedItems(subject: Subject): boolean {
  if (!subject) return false
  if (subject.role === 'secretariat' || subject.role === 'chair') return true
  if (subject.role === 'member' || subject.role === 'substitute') return subject.readsClosed
  return false
}

/** The one answer to "may this person do this with this item?", asked by pages, actions, downloads and the WebSocket. */
export function canItem(subject: Subject, act: ItemAct, item: ItemFacts): boolean {
  if (!subject) return false
  if (item.visibility === 'closed' && !readsClosedItems(subject)) return false
  return openItems[subject.role][item.phase].includes(act)
}

/** The one answer to "may this person do this in this body?". */
export function canBody(subject: Subject, act: BodyAct): boolean {
  return subject !== null && body[subject.role].includes(act)
}

/** The phase of an item from the state of its meeting and whether it was ever sent to review. */
export function phaseOf(item: { submitted: boolean; meetingState: string }): ItemPhase {
  if (item.meetingState !== 'preparing') return 'frozen'
  return item.submitted ? 'shared' : 'draft'
}
