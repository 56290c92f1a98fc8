import {
  canBody,
  canItem,
  type ItemAct,
  type ItemFacts,
  phaseOf,
  type Subject,
} from '@/lib/identity/rules.ts'
import type { ItemContent } from './doc.ts'
import type { Prose } from './prose.ts'
import { numbering } from './rules.ts'
import type { AgendaView, AnnexView, ItemView } from './schema.ts'

type MeetingState = AgendaView['meeting']['state']

/** The facts of an item that decide rights, from its row. */
export function itemFacts(
  item: { submittedAt: Date | null; visibility: 'open' | 'closed' },
  meetingState: MeetingState,
): ItemFacts {
  return {
    phase: phaseOf({ submitted: item.submittedAt !== null, meetingState }),
    visibility: item.visibility,
  }
}

/** An item with its content already checked, as `viewAgenda` wants it. */
export type ViewedItem = {
  id: string
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
}

/** A whole agenda with its content already checked, as `viewAgenda` wants it. */
export type ViewedAgenda = {
  meeting: { id: string; startsAt: Date; place: string; state: MeetingState }
  body: { id: string; slug: string; name: string }
  preface: Prose | null
  sections: { id: string; title: string; items: ViewedItem[] }[]
}

/**
 * An agenda as one reader may see it. What the reader may not read is not hidden but absent: no content, no hash, no
 * annexes, and of the title no more than the public one.
 */
export function viewAgenda(agenda: ViewedAgenda, subject: Subject): AgendaView {
  const numbers = numbering(agenda.sections)
  const number = (id: string) => numbers.get(id) ?? ''
  return {
    meeting: { ...agenda.meeting, startsAt: agenda.meeting.startsAt.toISOString() },
    body: agenda.body,
    preface: agenda.preface,
    sections: agenda.sections.map((section) => ({
      id: section.id,
      number: number(section.id),
      title: section.title,
      items: section.items.map((item) =>
        viewItem(item, { number: number(item.id), subject, state: agenda.meeting.state }),
      ),
    })),
    may: {
      arrange: canBody(subject, 'arrangeAgenda') && agenda.meeting.state === 'preparing',
      import: canBody(subject, 'importAgenda'),
      openWorkspace: canBody(subject, 'openWorkspace'),
      approve: subject?.role === 'chair',
    },
  }
}

function viewItem(
  item: ViewedItem,
  { number, subject, state }: { number: string; subject: Subject; state: MeetingState },
): ItemView {
  const facts = itemFacts(item, state)
  const may = (act: ItemAct) => canItem(subject, act, facts)
  const readable = may('read')
  const shared = {
    id: item.id,
    number,
    visibility: item.visibility,
    may: {
      write: may('write'),
      submit: may('submit'),
      approve: may('approve'),
      comment: may('comment'),
      moderate: may('moderate'),
    },
  }
  if (readable) {
    return {
      ...shared,
      title: item.content.title,
      publicTitle: item.publicTitle,
      closedReason: item.closedReason,
      generation: item.generation,
      submittedAt: item.submittedAt?.toISOString() ?? null,
      content: item.content,
      contentHash: item.contentHash,
      contentAt: item.contentAt.toISOString(),
      annexes: item.annexes,
    }
  }
  const isDraft = facts.phase === 'draft'
  const publicTitle = isDraft ? null : item.publicTitle
  return {
    ...shared,
    // That a draft is to be closed is not yet for others to know.
    visibility: isDraft ? 'open' : item.visibility,
    title: publicTitle ?? '',
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
