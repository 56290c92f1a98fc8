'use client'

import { useTranslations } from 'next-intl'
import { type RefObject, useEffect, useState } from 'react'
import type { Draft } from '@/components/comments/composer.tsx'
import { Icon } from '@/components/ui/icon.tsx'
import styles from './reader.module.css'
import { draftOf } from './reader-selection.ts'

type Offer = { draft: Draft; left: number; top: number }

/** Offers to comment on the words a person selected, by mouse, touch or keyboard. */
export function CommentButton({
  root,
  mayComment,
  onDraft,
}: {
  root: RefObject<HTMLElement | null>
  mayComment: (itemId: string) => boolean
  onDraft: (draft: Draft) => void
}) {
  const t = useTranslations('comments')
  const [offer, setOffer] = useState<Offer | null>(null)

  useEffect(() => {
    let frame = 0
    const look = () => {
      frame = 0
      setOffer(offerOf(root.current, mayComment))
    }
    const ask = () => {
      frame ||= requestAnimationFrame(look)
    }
    // Words may have been selected before this script was here.
    ask()
    document.addEventListener('selectionchange', ask)
    return () => {
      cancelAnimationFrame(frame)
      document.removeEventListener('selectionchange', ask)
    }
  }, [root, mayComment])

  if (!offer) return null
  return (
    <button
      type="button"
      className={styles.offer}
      style={{ left: offer.left, top: offer.top }}
      title={t('startKeys')}
      // Pressing must not take the selection away before the click arrives.
      onPointerDown={(event) => event.preventDefault()}
      onClick={() => {
        onDraft(offer.draft)
        document.getSelection()?.removeAllRanges()
      }}
    >
      <Icon name="comment" size={15} />
      {t('start')}
    </button>
  )
}

function offerOf(root: HTMLElement | null, mayComment: (itemId: string) => boolean): Offer | null {
  const selection = document.getSelection()
  const draft = draftOf(selection)
  if (!root || !selection || !draft || !mayComment(draft.itemId)) return null
  const words = selection.getRangeAt(0).getBoundingClientRect()
  const page = root.getBoundingClientRect()
  const half = 62
  const middle = words.left + words.width / 2 - page.left
  // Phones put their own menu above the words, and so does a finger's handle below: clear of both.
  const touch = matchMedia('(pointer: coarse)').matches
  const above = !touch && words.top > 110
  return {
    draft,
    left: Math.min(Math.max(middle, half + 8), page.width - half - 8),
    top: above ? words.top - page.top - 44 : words.bottom - page.top + (touch ? 30 : 10),
  }
}
