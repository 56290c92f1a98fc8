'use client'

import { type KeyboardEvent, type ReactNode, useEffect, useRef, useState } from 'react'
import { buttonClass } from './button.tsx'
import styles from './menu.module.css'

export type MenuItem = {
  id: string
  label: string
  hint?: string
  keys?: string
  disabled?: boolean
  onSelect: () => void
}

type MenuProps = {
  label: string
  button: ReactNode
  items: MenuItem[]
  look?: 'go' | 'plain' | 'icon' | 'quiet'
  align?: 'start' | 'end'
}

/** A button with a list of acts; arrow keys move, Esc and a press outside close. */
export function Menu({ label, button, items, look = 'plain', align = 'end' }: MenuProps) {
  const [open, setOpen] = useState(false)
  const root = useRef<HTMLDivElement>(null)
  const trigger = useRef<HTMLButtonElement>(null)
  useEffect(() => {
    if (!open) return
    root.current?.querySelector<HTMLElement>('[role=menuitem]')?.focus()
    const outside = (event: PointerEvent) => {
      if (event.target instanceof Node && !root.current?.contains(event.target)) setOpen(false)
    }
    document.addEventListener('pointerdown', outside)
    return () => document.removeEventListener('pointerdown', outside)
  }, [open])

  function close() {
    setOpen(false)
    trigger.current?.focus()
  }

  return (
    <div ref={root} className={styles.menu}>
      <button
        ref={trigger}
        type="button"
        className={buttonClass(look)}
        aria-haspopup="menu"
        aria-expanded={open}
        aria-label={label}
        onClick={() => setOpen(!open)}
      >
        {button}
      </button>
      {open && (
        <div
          role="menu"
          aria-label={label}
          className={`${styles.list} ${styles[align]}`}
          onKeyDown={(event) => onMenuKey(event, close)}
        >
          {items.map((item) => (
            <button
              key={item.id}
              type="button"
              role="menuitem"
              tabIndex={-1}
              aria-disabled={item.disabled}
              className={styles.item}
              onClick={() => {
                if (item.disabled) return
                close()
                item.onSelect()
              }}
            >
              <span>{item.label}</span>
              {item.keys && <span className={styles.key}>{item.keys}</span>}
              {item.hint && <span className={styles.hint}>{item.hint}</span>}
            </button>
          ))}
        </div>
      )}
    </div>
  )
}

function onMenuKey(event: KeyboardEvent<HTMLElement>, close: () => void) {
  const items = [...event.currentTarget.querySelectorAll<HTMLElement>('[role=menuitem]')]
  const at = event.target instanceof HTMLElement ? items.indexOf(event.target) : -1
  const to = { ArrowDown: at + 1, ArrowUp: at - 1, Home: 0, End: items.length - 1 }[event.key]
  if (to !== undefined) {
    event.preventDefault()
    items[(to + items.length) % items.length]?.focus()
  } else if (event.key === 'Escape' || event.key === 'Tab') {
    if (event.key === 'Escape') event.preventDefault()
    event.stopPropagation()
    close()
  }
}
