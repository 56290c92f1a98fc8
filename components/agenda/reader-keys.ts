'use client'

import { useTranslations } from 'next-intl'
import { useEffect, useRef } from 'react'
import type { Draft } from '@/components/comments/composer.tsx'
import { useAnnounceOthers } from '@/components/ui/live-region.tsx'
import type { ItemView } from '@/lib/agenda/schema.ts'
import type { ThreadView } from '@/lib/comments/schema.ts'
import { draftOf } from './reader-selection.ts'
import { isWriting } from './reader-window.ts'
import { moveSelection, selectFirstWord } from './reader-words.ts'
import { itemAnchor, scrollToItem } from './use-current-item.ts'

type Keys = {
  items: ItemView[]
  current: string | null
  mayComment: (itemId: string) => boolean
  begin: (draft: Draft) => void
  onEscape: () => void
}

/**
 * J and K go through the items. M selects words and the arrows move on from there; C and Ctrl+Alt+M comment on the
 * selected words, or C on the item.
 */
export function useKeys(keys: Keys): void {
  const latest = useRef(keys)
  useEffect(() => {
    latest.current = keys
  })
  const selecting = useRef(false)
  useEffect(() => {
    const onKey = (event: KeyboardEvent) => {
      const { items, current, mayComment, begin, onEscape } = latest.current
      if (isWriting(event.target)) return
      const letter = event.key.toLowerCase()
      const chord = (event.ctrlKey || event.metaKey) && event.altKey && letter === 'm'
      if (!chord && (event.ctrlKey || event.metaKey || event.altKey)) return
      if (event.key === 'Escape') {
        if (selecting.current) document.getSelection()?.removeAllRanges()
        selecting.current = false
        onEscape()
      }
      if (letter === 'm' && !chord && current) {
        selecting.current = selectFirstWord(document.getElementById(itemAnchor(current)))
      }
      if (selecting.current && moveSelection(event.key, event.shiftKey)) event.preventDefault()
      if (letter === 'j' || letter === 'k') {
        const at = items.findIndex((item) => item.id === current)
        const to = items[at + (letter === 'j' ? 1 : -1)]
        if (to) scrollToItem(to.id)
      }
      if (letter === 'c' || chord) {
        const whole = !chord && current ? { itemId: current, selection: null } : null
        const draft = draftOf(document.getSelection()) ?? whole
        if (!draft || !mayComment(draft.itemId)) return
        event.preventDefault()
        selecting.current = false
        begin(draft)
      }
    }
    document.addEventListener('keydown', onKey)
    return () => document.removeEventListener('keydown', onKey)
  }, [])
}

/** Tells screen readers when somebody else said something. */
export function useArrivals(threads: ThreadView[]): void {
  const t = useTranslations('comments')
  const announce = useAnnounceOthers()
  const others = threads.flatMap((thread) => thread.comments).filter((comment) => !comment.mine).length
  const known = useRef(others)
  useEffect(() => {
    if (others > known.current) announce(t('arrived', { count: others - known.current }))
    known.current = others
  }, [others, announce, t])
}
