import { type KeyboardEvent, type RefObject, useId, useState } from 'react'
import { mentionable } from '@/lib/comments/actions.ts'
import { completions, mentionBefore, mentionText } from '@/lib/comments/mentions.ts'
import type { Scope, ThreadPerson } from '@/lib/comments/schema.ts'

/** Where something is written, in a thread or as the first of one: who may read it there can be mentioned. */
export type MentionPlace = { itemId: string; scope: Scope; threadId: string | null }

type Mentions = {
  field: RefObject<HTMLTextAreaElement | null>
  place: MentionPlace
  setText: (text: string) => void
}

/** Completes a mention behind an @: the people offered, which of them is chosen, and what keys and presses do. */
export function useMentions({ field, place, setText }: Mentions) {
  const id = useId()
  const [known, setKnown] = useState<{ key: string; people: ThreadPerson[] } | null>(null)
  const [typed, setTyped] = useState<string | null>(null)
  const [chosen, setChosen] = useState(0)
  const key = JSON.stringify(place)
  const people = known?.key === key ? known.people : []
  const offered = typed === null ? [] : completions(people, typed).slice(0, 6)

  function look() {
    const area = field.current
    const words = area ? mentionBefore(area.value, area.selectionStart) : null
    setTyped(words)
    setChosen(0)
    if (words !== null && known?.key !== key) void fetchPeople()
  }

  async function fetchPeople() {
    setKnown({ key, people: [] })
    try {
      const answer = await mentionable(place)
      if (answer.ok) setKnown({ key, people: answer.value })
    } catch {
      // Without a net nothing is offered; it is asked for again at the next @.
      setKnown(null)
    }
  }

  function take(person: ThreadPerson) {
    const area = field.current
    if (!area || typed === null) return
    const caret = area.selectionStart
    const mention = `@${mentionText(person, people)} `
    const text = area.value.slice(0, caret - typed.length - 1) + mention + area.value.slice(caret)
    const to = caret - typed.length - 1 + mention.length
    setText(text)
    setTyped(null)
    requestAnimationFrame(() => {
      area.focus()
      area.setSelectionRange(to, to)
    })
  }

  /** Answers whether the key was the list's own. */
  function onKey(event: KeyboardEvent): boolean {
    const person = offered[chosen]
    if (!person || event.ctrlKey || event.metaKey || event.altKey) return false
    const step = event.key === 'ArrowDown' ? 1 : event.key === 'ArrowUp' ? -1 : 0
    if (step) setChosen((chosen + step + offered.length) % offered.length)
    else if (event.key === 'Enter' || event.key === 'Tab') take(person)
    else if (event.key === 'Escape') setTyped(null)
    else return false
    event.preventDefault()
    event.stopPropagation()
    return true
  }

  return {
    offered,
    chosen,
    take,
    onKey,
    look,
    close: () => setTyped(null),
    listId: id,
    optionId: (userId: string) => `${id}-${userId}`,
  }
}
