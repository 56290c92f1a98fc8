'use client'

import { type ReactNode, useEffect, useRef } from 'react'
import styles from './sheet.module.css'

type SheetProps = {
  side: 'start' | 'end'
  open: boolean
  onClose: () => void
  closeLabel: string
  className?: string
  children: ReactNode
}

/** A column on wide screens; on narrow ones the same column slides in over the page when open. */
export function Sheet({ side, open, onClose, closeLabel, className, children }: SheetProps) {
  const root = useRef<HTMLDivElement>(null)
  useEffect(() => {
    if (!open) return
    const before = document.activeElement
    root.current?.querySelector<HTMLElement>('button, a, input, [tabindex="0"]')?.focus()
    // What is open within the sheet takes the key first.
    const onKey = (event: KeyboardEvent) => event.key === 'Escape' && !event.defaultPrevented && onClose()
    document.addEventListener('keydown', onKey)
    return () => {
      document.removeEventListener('keydown', onKey)
      if (before instanceof HTMLElement) before.focus()
    }
  }, [open, onClose])
  return (
    <>
      {open && (
        <button
          type="button"
          className={styles.veil}
          data-side={side}
          aria-label={closeLabel}
          tabIndex={-1}
          onClick={onClose}
        />
      )}
      <div ref={root} className={`${styles.sheet} ${styles[side]} ${className ?? ''}`} data-open={open}>
        {children}
      </div>
    </>
  )
}
