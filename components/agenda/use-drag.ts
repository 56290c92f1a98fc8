import { type DragEvent, useState } from 'react'
import type { AgendaView, ItemView, SectionView } from '@/lib/agenda/schema.ts'
import { itemsOf } from './arrangement.ts'
import { useActs } from './use-acts.ts'

type Dragged = { kind: 'item' | 'section'; id: string }
export type Drag = ReturnType<typeof useDrag>

/** Moves items and sections of the outline by the mouse. The keyboard's way is Alt+↑ and Alt+↓. */
export function useDrag(agenda: AgendaView) {
  const acts = useActs()
  const [dragged, setDragged] = useState<Dragged | null>(null)
  const [over, setOver] = useState<{ id: string; side: 'before' | 'after' | 'into' } | null>(null)

  function source(what: Dragged) {
    return {
      draggable: true,
      onDragStart(event: DragEvent) {
        event.stopPropagation()
        event.dataTransfer.effectAllowed = 'move'
        event.dataTransfer.setData('text/plain', '')
        setDragged(what)
      },
      onDragEnd() {
        setDragged(null)
        setOver(null)
      },
    }
  }

  function sideOf(event: DragEvent): 'before' | 'after' {
    const { top, height } = event.currentTarget.getBoundingClientRect()
    return event.clientY < top + height / 2 ? 'before' : 'after'
  }

  function dropItem(section: SectionView, at: number) {
    const item = itemsOf(agenda).find((one) => one.id === dragged?.id)
    if (!item) return
    const own = section.items.findIndex((one) => one.id === item.id)
    // Places are counted without the item itself, as the server counts them.
    const place = own >= 0 && own < at ? at - 1 : at
    if (own !== place) void acts.moveItem(item, { sectionId: section.id, at: place })
  }

  function end(event: DragEvent) {
    event.preventDefault()
    event.stopPropagation()
    setDragged(null)
    setOver(null)
  }

  return {
    marks: (id: string) => (over?.id === id ? over.side : undefined),
    item: (item: ItemView) => source({ kind: 'item', id: item.id }),
    section: (section: SectionView) => source({ kind: 'section', id: section.id }),
    itemTarget: (section: SectionView, index: number) => ({
      onDragOver(event: DragEvent) {
        if (dragged?.kind !== 'item') return
        event.preventDefault()
        event.stopPropagation()
        const id = section.items[index]?.id
        if (id) setOver({ id, side: sideOf(event) })
      },
      onDrop(event: DragEvent) {
        if (dragged?.kind !== 'item') return
        dropItem(section, sideOf(event) === 'before' ? index : index + 1)
        end(event)
      },
    }),
    sectionTarget: (section: SectionView, index: number) => ({
      onDragOver(event: DragEvent) {
        if (!dragged) return
        event.preventDefault()
        setOver({ id: section.id, side: dragged.kind === 'item' ? 'into' : sideOf(event) })
      },
      onDrop(event: DragEvent) {
        if (dragged?.kind === 'item') dropItem(section, section.items.length)
        const moved = agenda.sections.findIndex((one) => one.id === dragged?.id)
        const from = agenda.sections[moved]
        if (dragged?.kind === 'section' && from) {
          const at = sideOf(event) === 'before' ? index : index + 1
          const place = moved < at ? at - 1 : at
          if (place !== moved) void acts.moveSection(from, place)
        }
        end(event)
      },
    }),
  }
}
