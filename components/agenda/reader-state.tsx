import type { ReactNode } from 'react'
import styles from './reader-state.module.css'

/** A page that has no agenda to show: what happened, and the next step. */
export function ReaderState({ title, text, children }: { title: string; text: string; children: ReactNode }) {
  return (
    <main id="indhold" className={styles.state}>
      <h1>{title}</h1>
      <p>{text}</p>
      {children}
    </main>
  )
}
