import { type ThreadFilter, threadFilters } from '@/lib/comments/overview.ts'

/** What the page is narrowed to: conversations of one state, and perhaps only those given to the reader. */
export type Narrowing = { filter: ThreadFilter; mine: boolean }

/** The words of a narrowing in the page's address, so that going back finds it again; empty for what one begins with. */
export function addressOf({ filter, mine }: Narrowing): string {
  const words = new URLSearchParams({ ...(filter !== 'open' && { vis: filter }), ...(mine && { mine: '1' }) })
  return words.size > 0 ? `?${words}` : ''
}

/** The narrowing an address asks for. */
export function narrowingOf(words: { vis?: unknown; mine?: unknown }): Narrowing {
  return { filter: threadFilters.find((known) => known === words.vis) ?? 'open', mine: words.mine === '1' }
}
