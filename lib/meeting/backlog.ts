import type { Prose } from '@/lib/agenda/prose.ts'
import { proseText } from '@/lib/agenda/prose.ts'
import { plainTitle } from './departures.ts'

/** The points of a text's bullet lists, in order: what a meeting says the next one is to take up. */
export function pointsOf(prose: Prose | null): string[] {
  return (prose?.content ?? [])
    .flatMap((block) => (block.type === 'bulletList' ? block.content : []))
    .map(({ content }) => proseText({ type: 'doc', content }).replace(/\s+/g, ' ').trim())
    .filter((point) => point !== '')
}

/** An item as the list of the meeting before knows it. */
export type PlannedItem = {
  id: string
  number: string
  title: string
  visibility: 'open' | 'closed'
  templateKey: string | null
  standing: 'minutes' | 'next' | null
}

/** What one meeting says of the next: each point with the item it became, and the items it says nothing of. */
export type Matched = {
  points: { text: string; itemId: string | null; number: string | null }[]
  unannounced: { itemId: string; number: string; title: string }[]
}

/** Matches points with the items of the next meeting, by title. Closed items are never to be told of in an open list. */
export function matchPoints(points: readonly string[], items: readonly PlannedItem[]): Matched {
  const open = items.filter(({ visibility }) => visibility === 'open')
  const byTitle = new Map(open.map((item) => [plainTitle(item.title), item]))
  const named = new Set(points.map(plainTitle))
  return {
    points: points.map((text) => {
      const item = byTitle.get(plainTitle(text))
      return { text, itemId: item?.id ?? null, number: item?.number ?? null }
    }),
    unannounced: open
      .filter(({ templateKey, standing, title }) => !templateKey && !standing && title.trim() !== '')
      .filter(({ title }) => !named.has(plainTitle(title)))
      .map(({ id, number, title }) => ({ itemId: id, number, title })),
  }
}

const nextTitle = 'punkter til næste møde'

type Listing = { title: string; items: { standing: 'minutes' | 'next' | null; title: string }[] }

/** The item in which an agenda says what the next meeting is to take up; an imported one is known by its titles. */
export function findNextList<Section extends Listing>(
  sections: readonly Section[],
): Section['items'][number] | null {
  const items = sections.flatMap((section) => section.items)
  return (
    items.find(({ standing }) => standing === 'next') ??
    items.find(({ title }) => plainTitle(title).startsWith(nextTitle)) ??
    sections.find(({ title }) => plainTitle(title).startsWith(nextTitle))?.items[0] ??
    null
  )
}
