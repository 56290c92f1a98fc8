import type { ReactNode } from 'react'
import styles from './skip-link.module.css'

/** The first stop of the keyboard on a page: straight to what the page is about. */
export function SkipLink({ to, children }: { to: string; children: ReactNode }) {
  return (
    <a href={`#${to}`} className={styles.skip}>
      {children}
    </a>
  )
}
