import { placeAt } from '@/lib/agenda/order.ts'
import { numbering } from '@/lib/agenda/rules.ts'
import type { AgendaView, ItemView, SectionView } from '@/lib/agenda/schema.ts'

/*
 * What an act does to the agenda on the screen before the server has answered. Each change may be laid on an agenda
 * that holds it already and then changes nothing, so that answer and guess can meet in any order.
 */

export type Change = (agenda: AgendaView) => AgendaView

/** The agenda with numbers computed anew from its order. */
export function renumber(agenda: AgendaView): AgendaView {
  const numbers = numbering(agenda.sections, agenda.meeting.lastSection)
  return {
    ...agenda,
    sections: agenda.sections.map((section) => ({
      ...section,
      number: numbers.get(section.id) ?? '',
      items: section.items.map((item) => ({ ...item, number: numbers.get(item.id) ?? '' })),
    })),
  }
}

function withSections(agenda: AgendaView, change: (sections: SectionView[]) => SectionView[]): AgendaView {
  return renumber({ ...agenda, sections: change(agenda.sections) })
}

function inOrder<T extends { id: string }>(all: T[], ids: string[]): T[] {
  return ids.flatMap((id) => all.find((one) => one.id === id) ?? [])
}

/** All items of an agenda in order. */
export function itemsOf(agenda: AgendaView): ItemView[] {
  return agenda.sections.flatMap((section) => section.items)
}

/** An item with its section and its place there, or null. */
export function findItem(agenda: AgendaView, itemId: string) {
  for (const section of agenda.sections) {
    const at = section.items.findIndex((item) => item.id === itemId)
    const item = section.items[at]
    if (item) return { section, item, at }
  }
  return null
}

export function movingItem(itemId: string, sectionId: string, at: number): Change {
  return (agenda) => {
    const found = findItem(agenda, itemId)
    if (!found) return agenda
    return withSections(agenda, (sections) =>
      sections.map((section) => {
        const items = section.items.filter((item) => item.id !== itemId)
        if (section.id !== sectionId) return { ...section, items }
        const ids = placeAt(
          items.map((item) => item.id),
          itemId,
          at,
        )
        return { ...section, items: inOrder([...items, found.item], ids) }
      }),
    )
  }
}

export function movingSection(sectionId: string, at: number): Change {
  return (agenda) =>
    withSections(agenda, (sections) => {
      const ids = sections.map((section) => section.id)
      return ids.includes(sectionId) ? inOrder(sections, placeAt(ids, sectionId, at)) : sections
    })
}

export function renamingSection(sectionId: string, title: string): Change {
  return (agenda) => ({
    ...agenda,
    sections: agenda.sections.map((section) => (section.id === sectionId ? { ...section, title } : section)),
  })
}

export function removingSection(sectionId: string): Change {
  return (agenda) =>
    withSections(agenda, (sections) => sections.filter((section) => section.id !== sectionId))
}

export function removingItem(itemId: string): Change {
  return (agenda) =>
    withSections(agenda, (sections) =>
      sections.map((section) => ({ ...section, items: section.items.filter((item) => item.id !== itemId) })),
    )
}

export function removingAnnex(annexId: string): Change {
  return (agenda) => ({
    ...agenda,
    sections: agenda.sections.map((section) => ({
      ...section,
      items: section.items.map((item) => ({
        ...item,
        annexes: item.annexes.filter((annex) => annex.id !== annexId),
      })),
    })),
  })
}

/** Where Alt+↑ or Alt+↓ takes an item: within its section, or over into the next one. Null at the ends. */
export function placeBeside(agenda: AgendaView, itemId: string, step: -1 | 1) {
  const found = findItem(agenda, itemId)
  if (!found) return null
  const to = found.at + step
  if (to >= 0 && to < found.section.items.length) return { sectionId: found.section.id, at: to }
  const next = agenda.sections[agenda.sections.indexOf(found.section) + step]
  return next ? { sectionId: next.id, at: step === 1 ? 0 : next.items.length } : null
}
