import type { SaveState } from './connection.ts'

const order = ['refused', 'failing', 'offline', 'saving', 'saved'] as const

/** The one state to show for several open items: the worst of them, and the latest time when all are saved. */
export function worstState(states: SaveState[]): SaveState {
  for (const status of order) {
    const found = states.filter((state) => state.status === status)
    if (status === 'offline' && found.length) {
      return { status, waiting: found.some((state) => state.status === 'offline' && state.waiting) }
    }
    if (status !== 'saved' && found[0]) return found[0]
  }
  const times = states.flatMap((state) => (state.status === 'saved' && state.at ? [state.at] : []))
  const latest = times.reduce<Date | null>((best, at) => (!best || at > best ? at : best), null)
  return { status: 'saved', at: latest }
}
