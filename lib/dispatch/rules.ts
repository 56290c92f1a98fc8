import { fieldNames, type ItemContent } from '@/lib/agenda/doc.ts'
import { proseText } from '@/lib/agenda/prose.ts'
import { missingParts } from '@/lib/agenda/rules.ts'
import type { ItemStatus } from '@/lib/approval/schema.ts'
import { isOpen, type MeetingFacts } from '@/lib/identity/rules.ts'
import type { Deadlines } from '@/lib/meeting/deadlines.ts'
import type { Finding, FindingCode, ItemChange } from './schema.ts'

/** Findings that not even a reason gets past: what they ask for is written down at once, or nothing is to be sent. */
const blocking: readonly FindingCode[] = [
  'agenda-empty',
  'nothing-changed',
  'public-title-missing',
  'late-reason-missing',
]

/** An item on its way out, with what decides whether it is ready. */
export type CheckedItem = {
  id: string
  number: string
  content: ItemContent
  visibility: 'open' | 'closed'
  publicTitle: string | null
  annexes: { url: string | null; fileName: string | null }[]
  status: ItemStatus
  /** Was it never sent, while its agenda was? */
  isLate: boolean
  lateReason: string | null
}

/** What is to be sent now, or null while what was sent stands. */
export function nextKind(meeting: MeetingFacts): 'agenda' | 'supplement' | null {
  if (!isOpen(meeting)) return null
  return meeting.revision === 'supplement' ? 'supplement' : 'agenda'
}

type Outgoing = {
  items: CheckedItem[]
  /** How the agenda differs from what was sent last; null before the first dispatch. */
  changes: readonly unknown[] | null
  deadlines: Deadlines
}

/** All that stands in the way of sending an agenda or a supplement, in the order in which it is to be read. */
export function findingsOf({ items, changes, deadlines }: Outgoing): Finding[] {
  const ofAgenda: FindingCode[] = []
  if (items.length === 0) ofAgenda.push('agenda-empty')
  else if (changes?.length === 0) ofAgenda.push('nothing-changed')
  // What comes after the first dispatch is late by its nature, and each late item says why.
  if (changes === null && deadlines.agenda.days < 0) ofAgenda.push('agenda-deadline-passed')
  if (changes === null && deadlines.material.days < 0) ofAgenda.push('material-deadline-passed')
  return [
    ...ofAgenda.map((code) => finding(code, null)),
    ...items.flatMap((item) => itemFindings(item).map((code) => finding(code, item))),
  ]
}

function finding(code: FindingCode, item: CheckedItem | null): Finding {
  return {
    key: item ? `${code} ${item.id}` : code,
    code,
    blocks: blocking.includes(code),
    itemId: item?.id ?? null,
    number: item?.number ?? null,
    title: item?.content.title ?? null,
  }
}

const statusFindings: Readonly<Record<ItemStatus, FindingCode | null>> = {
  draft: 'not-submitted',
  inReview: 'in-review',
  returned: 'returned',
  lapsed: 'lapsed',
  approved: null,
}

const missingFindings = {
  title: 'title-missing',
  kind: 'kind-missing',
  recommendation: 'recommendation-empty',
} as const

/** What an item still lacks, in the order in which it is to be read. */
export function itemFindings(item: CheckedItem): FindingCode[] {
  const { content, annexes, status, visibility } = item
  const ofStatus = statusFindings[status]
  return [
    ...(visibility === 'closed' && !item.publicTitle?.trim() ? (['public-title-missing'] as const) : []),
    ...(item.isLate && !item.lateReason?.trim() ? (['late-reason-missing'] as const) : []),
    ...(ofStatus ? [ofStatus] : []),
    ...missingParts(content).map((part) => missingFindings[part]),
    ...(annexes.some(({ url, fileName }) => !url && !fileName) ? (['annex-missing'] as const) : []),
    ...(hasHelpText(content) ? (['help-text-left'] as const) : []),
  ]
}

/**
 * Does the item still hold words meant to help its writer? Templates write them in square brackets, as in
 * "[Skriv, hvad rådet skal tage stilling til]"; "[…]", "[1]" and "[sic]" are the writer's own.
 */
export function hasHelpText(content: ItemContent): boolean {
  const texts = [content.title, ...fieldNames.map((field) => proseText(content.fields[field]))]
  return texts.some((text) => /\[[^[\]\n]*\p{L}+[^[\]\n]*\s[^[\]\n]*\p{L}+[^[\]\n]*\]/u.test(text))
}

/** May what stands in the way be passed by, with this reason and by who has seen these findings? */
export function judgeDispatch(
  findings: readonly Finding[],
  { seen, reason }: { seen: readonly string[]; reason: string },
): 'ok' | 'stale' | 'dispatch-blocked' | 'reason-missing' {
  if (findings.some(({ key }) => !seen.includes(key))) return 'stale'
  if (findings.some(({ blocks }) => blocks)) return 'dispatch-blocked'
  return findings.length > 0 && !reason.trim() ? 'reason-missing' : 'ok'
}

/** An item by what tells whether it is the same as another time. */
export type Compared = { itemId: string; number: string; title: string; contentHash: string }

/** What differs from what was sent last, in agenda order, what is gone last; by content alone, not by place. */
export function changesSince(sent: readonly Compared[], now: readonly Compared[]): ItemChange[] {
  const before = new Map(sent.map((item) => [item.itemId, item]))
  const after = new Set(now.map(({ itemId }) => itemId))
  const line = ({ itemId, number, title }: Compared, change: ItemChange['change']): ItemChange => {
    return { itemId, number, title, change }
  }
  return [
    ...now.flatMap((item) => {
      const was = before.get(item.itemId)
      if (!was) return [line(item, 'new')]
      return was.contentHash === item.contentHash ? [] : [line(item, 'changed')]
    }),
    ...sent.filter(({ itemId }) => !after.has(itemId)).map((item) => line(item, 'removed')),
  ]
}

/** One thing that was sent, by its place in the row of all that was. */
export type Sent<Item> = { number: number; kind: 'agenda' | 'supplement'; items: Item[] }

/** What is valid after these were sent, the oldest first: the last edition, and the supplements to it. */
export function validAfter<Item extends { itemId: string }>(sent: readonly Sent<Item>[]): Item[] {
  const last = sent.findLastIndex(({ kind }) => kind === 'agenda')
  return sent.slice(Math.max(last, 0)).flatMap(({ items }) => items)
}
