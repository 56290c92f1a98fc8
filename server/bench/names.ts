/** The secret the benchmark's sessions are sealed with; they are good for its own servers only. */
export const authSecret = 'the benchmark seals its sessions so'

/** How many people, each of the secretariat, how many items, and how many of those in the short agenda there are. */
export const stageSize = { users: 10_000, items: 1_000, shortAgenda: 12 } as const

/** The id of the nth person, item, … of a kind: the same in every database, so that nobody needs to ask for it. */
export function idOf(kind: 'user' | 'item' | 'body' | 'meeting' | 'section', at: number): string {
  const block = { user: '1', item: '2', body: '3', meeting: '4', section: '5' }[kind]
  return `0000000${block}-0000-7000-8000-${String(at).padStart(12, '0')}`
}
