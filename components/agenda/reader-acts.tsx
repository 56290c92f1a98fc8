'use client'

import { type RefObject, useEffect } from 'react'
import type { Draft } from '@/components/comments/composer.tsx'
import type { ItemView } from '@/lib/agenda/schema.ts'
import type { ThreadView } from '@/lib/comments/schema.ts'
import { CommentButton } from './reader-comment-button.tsx'
import { useArrivals, useKeys } from './reader-keys.ts'

type ReaderActsProps = {
  root: RefObject<HTMLElement | null>
  items: ItemView[]
  current: string | null
  threads: ThreadView[]
  mayComment: (itemId: string) => boolean
  begin: (draft: Draft) => void
  onEscape: () => void
}

/** What a reader does beyond reading: the keys, the words they select, and hearing of what others write. */
export function ReaderActs({ root, threads, ...keys }: ReaderActsProps) {
  // A sign on the page for who waits for it: from here on keys and selected words are heard.
  useEffect(() => root.current?.setAttribute('data-listens', ''), [root])
  useKeys(keys)
  useArrivals(threads)
  return <CommentButton root={root} mayComment={keys.mayComment} onDraft={keys.begin} />
}
