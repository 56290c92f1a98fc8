import {
  canBody,
  canItem,
  type ItemAct,
  type ItemFacts,
  isOpen,
  isRecused,
  knowsItem,
  type MeetingFacts,
  phaseOf,
  type Subject,
} from '@/lib/identity/rules.ts'
import type { ItemContent } from './doc.ts'
import type { Prose } from './prose.ts'
import { numbering } from './rules.ts'
import type { AgendaView, AnnexView, ItemOrigin, ItemView } from './schema.ts'

/** The facts of an item that decide rights, from its row. */
export function itemFacts(
  item: { id: string; submittedAt: Date | null; sentVersionId: string | null; visibility: 'open' | 'closed' },
  meeting: MeetingFacts,
): ItemFacts {
  const { id, submittedAt, sentVersionId, visibility } = item
  return {
    id,
    phase: phaseOf({ submitted: submittedAt !== null, sent: sentVersionId !== null }, meeting),
    visibility,
  }
}

/** An item with its content already checked, as `viewAgenda` wants it. */
export type ViewedItem = {
  id: string
  frozenNumber: string | null
  sentVersionId: string | null
  lateReason: string | null
  title: string
  visibility: 'open' | 'closed'
  publicTitle: string | null
  closedReason: string | null
  generation: number
  submittedAt: Date | null
  content: ItemContent
  contentHash: string
  contentAt: Date
  annexes: AnnexView[]
  movedFrom?: { id: string; startsAt: Date } | null
  copiedFrom?: Source | null
}

/** The item another one was copied from, by what decides who may know it. */
export type Source = {
  id: string
  deletedAt: Date | null
  visibility: 'open' | 'closed'
  submittedAt: Date | null
  sentVersionId: string | null
  meeting: MeetingFacts & { id: string; startsAt: Date }
}

/** A whole agenda with its content already checked, as `viewAgenda` wants it. */
export type ViewedAgenda = {
  meeting: Omit<AgendaView['meeting'], 'startsAt'> & { startsAt: Date }
  body: { id: string; slug: string; name: string }
  preface: Prose | null
  sections: {
    id: string
    frozenNumber: string | null
    lastItem: number
    title: string
    items: ViewedItem[]
  }[]
}

/**
 * An agenda as one reader may see it. What the reader may not read is not hidden but absent: no content, no hash, no
 * annexes, and of the title no more than the public one. While a sent agenda is written on, how it is arranged is the
 * office's: others get what was sent of it from the dispatch room, and nothing here.
 */
export function viewAgenda(agenda: ViewedAgenda, subject: Subject): AgendaView {
  const numbers = numbering(agenda.sections, agenda.meeting.lastSection)
  const number = (id: string) => numbers.get(id) ?? ''
  const isHidden = agenda.meeting.editionCount > 0 && !canBody(subject, 'openWorkspace')
  return {
    meeting: { ...agenda.meeting, startsAt: agenda.meeting.startsAt.toISOString() },
    body: agenda.body,
    preface: isHidden ? null : agenda.preface,
    sections: (isHidden ? [] : agenda.sections).map((section) => ({
      id: section.id,
      number: number(section.id),
      frozenNumber: section.frozenNumber,
      lastItem: section.lastItem,
      title: section.title,
      items: section.items.map((item) =>
        viewItem(item, { number: number(item.id), subject, meeting: agenda.meeting }),
      ),
    })),
    may: {
      arrange: canBody(subject, 'arrangeAgenda') && isOpen(agenda.meeting),
      import: canBody(subject, 'importAgenda'),
      openWorkspace: canBody(subject, 'openWorkspace'),
      approve: subject?.role === 'chair',
      dispatch: canBody(subject, 'dispatchAgenda'),
    },
  }
}

function viewItem(
  item: ViewedItem,
  { number, subject, meeting }: { number: string; subject: Subject; meeting: MeetingFacts },
): ItemView {
  const facts = itemFacts(item, meeting)
  const may = (act: ItemAct) => canItem(subject, act, facts)
  const readable = may('read')
  const shared = {
    id: item.id,
    number,
    frozenNumber: item.frozenNumber,
    visibility: item.visibility,
    may: {
      write: may('write'),
      submit: may('submit'),
      approve: may('approve'),
      comment: may('comment'),
      moderate: may('moderate'),
      arrange: may('arrange'),
    },
  }
  if (readable) {
    return {
      ...shared,
      title: item.content.title,
      lateReason: item.lateReason,
      publicTitle: item.publicTitle,
      closedReason: item.closedReason,
      generation: item.generation,
      submittedAt: item.submittedAt?.toISOString() ?? null,
      content: item.content,
      contentHash: item.contentHash,
      contentAt: item.contentAt.toISOString(),
      annexes: item.annexes,
      ...originOf(item, subject),
    }
  }
  const isDraft = facts.phase === 'draft'
  const publicTitle = isDraft ? null : item.publicTitle
  return {
    ...shared,
    ...(isRecused(subject, item.id) && { isRecused: true as const }),
    // That a draft is to be closed is not yet for others to know.
    visibility: isDraft ? 'open' : item.visibility,
    title: publicTitle ?? '',
    lateReason: null,
    publicTitle,
    closedReason: null,
    generation: 0,
    submittedAt: null,
    content: null,
    contentHash: null,
    contentAt: null,
    annexes: [],
  }
}

/** Where an item came from; of a copy's source nothing is told to who may not know it. */
function originOf({ movedFrom, copiedFrom }: ViewedItem, subject: Subject): { origin?: ItemOrigin } {
  if (copiedFrom && !copiedFrom.deletedAt && knowsItem(subject, itemFacts(copiedFrom, copiedFrom.meeting))) {
    const { id, startsAt } = copiedFrom.meeting
    return {
      origin: { kind: 'copied', meetingId: id, startsAt: startsAt.toISOString(), itemId: copiedFrom.id },
    }
  }
  if (!movedFrom || !canBody(subject, 'openWorkspace')) return {}
  return {
    origin: {
      kind: 'moved',
      meetingId: movedFrom.id,
      startsAt: movedFrom.startsAt.toISOString(),
      itemId: null,
    },
  }
}
