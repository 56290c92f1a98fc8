'use client'

import { createContext, type ReactNode, useCallback, useContext, useMemo, useState } from 'react'
import styles from './toast.module.css'

export type Toast = { text: string; act?: { label: string; perform: () => void } }

const ToastContext = createContext<(toast: Toast) => void>(() => {})

/** Shows a short message at the foot of the window, with one act such as undo. */
export function useToast(): (toast: Toast) => void {
  return useContext(ToastContext)
}

export function ToastProvider({ children }: { children: ReactNode }) {
  const [toasts, setToasts] = useState<(Toast & { id: number })[]>([])
  const drop = useCallback((id: number) => setToasts((all) => all.filter((toast) => toast.id !== id)), [])
  const show = useCallback(
    (toast: Toast) => {
      const id = performance.now()
      setToasts((all) => [...all.slice(-2), { ...toast, id }])
      // Long enough to read and to reach the act by keyboard.
      setTimeout(() => drop(id), toast.act ? 12_000 : 6_000)
    },
    [drop],
  )
  const shown = useMemo(() => toasts, [toasts])
  return (
    <ToastContext value={show}>
      {children}
      <div className={styles.region} role="status">
        {shown.map(({ id, text, act }) => (
          <div key={id} className={styles.toast}>
            <span>{text}</span>
            {act && (
              <button
                type="button"
                className={styles.act}
                onClick={() => {
                  drop(id)
                  act.perform()
                }}
              >
                {act.label}
              </button>
            )}
          </div>
        ))}
      </div>
    </ToastContext>
  )
}
