import type { ReactNode } from 'react'
import styles from './message.module.css'

/** A page that has only one thing to say, and the way on. */
export function Message({ title, text, children }: { title: string; text: string; children: ReactNode }) {
  return (
    <main id="indhold" className={styles.message}>
      <h1 className={styles.title}>{title}</h1>
      <p className={styles.text}>{text}</p>
      <div>{children}</div>
    </main>
  )
}
