import { useEffect, useRef, useState } from 'react'

const memory = 'dagsorden.approval.letters'

/** Are the letter shortcuts on? Kept in this browser; someone who dictates turns them off. */
export function useLetterKeys(): [on: boolean, turn: (on: boolean) => void] {
  const [on, setOn] = useState(true)
  useEffect(() => setOn(localStorage.getItem(memory) !== 'off'), [])
  return [
    on,
    (next) => {
      setOn(next)
      localStorage.setItem(memory, next ? 'on' : 'off')
    },
  ]
}

type Key = readonly [key: string, perform: () => void]

/** Listens for keys pressed outside fields and dialogs, without Ctrl, Alt or the command key. */
export function useKeys(keys: readonly Key[]): void {
  const current = useRef(keys)
  useEffect(() => {
    current.current = keys
  })
  useEffect(() => {
    function onKey(event: KeyboardEvent) {
      const pressed = event.key.length === 1 ? event.key.toLowerCase() : event.key
      const perform = current.current.find(([key]) => key === pressed)?.[1]
      if (!perform || event.defaultPrevented || event.repeat || isBusy(event)) return
      event.preventDefault()
      perform()
    }
    document.addEventListener('keydown', onKey)
    return () => document.removeEventListener('keydown', onKey)
  }, [])
}

function isBusy(event: KeyboardEvent): boolean {
  if (event.ctrlKey || event.altKey || event.metaKey) return true
  if (document.querySelector('dialog[open]')) return true
  return (
    event.target instanceof Element &&
    event.target.closest('input, textarea, select, [contenteditable]') !== null
  )
}
