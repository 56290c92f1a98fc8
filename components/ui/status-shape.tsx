import type { ReactNode } from 'react'
import styles from './status-shape.module.css'

export type Status = 'draft' | 'inReview' | 'approved' | 'returned' | 'lapsed'

// Each shape differs in form, not in colour alone: ring, half disc, disc, arrow head, broken ring.
const drawings: Record<Status, ReactNode> = {
  draft: <circle cx="6" cy="6" r="5" fill="none" stroke="currentColor" strokeWidth="1.5" />,
  inReview: (
    <>
      <circle cx="6" cy="6" r="5" fill="none" stroke="currentColor" strokeWidth="1.5" />
      <path d="M6 1a5 5 0 0 0 0 10z" fill="currentColor" />
    </>
  ),
  approved: <circle cx="6" cy="6" r="5.75" fill="currentColor" />,
  returned: <path d="M6 .6 12 11H0z" fill="currentColor" />,
  lapsed: (
    <circle
      cx="6"
      cy="6"
      r="5"
      fill="none"
      stroke="currentColor"
      strokeWidth="1.7"
      strokeDasharray="3.1 2.14"
    />
  ),
}

/** The shape of a status; `label` is its word for those who do not see it, omitted where the word stands beside it. */
export function StatusShape({ status, label }: { status: Status; label?: string }) {
  return (
    <>
      <svg viewBox="0 0 12 12" className={`${styles.shape} ${styles[status]}`} aria-hidden="true">
        {drawings[status]}
      </svg>
      {label && <span className="sr-only">{label}</span>}
    </>
  )
}

/** A status as shape and word together. */
export function StatusChip({ status, children }: { status: Status; children: ReactNode }) {
  return (
    <span className={`${styles.chip} ${styles[status]}`}>
      <StatusShape status={status} />
      {children}
    </span>
  )
}

/** The mark of a closed item. */
export function Padlock({ label }: { label?: string }) {
  return (
    <>
      <svg viewBox="0 0 12 12" className={`${styles.shape} ${styles.closed}`} aria-hidden="true">
        <rect x="1.5" y="5" width="9" height="6.5" rx="1.2" fill="currentColor" />
        <path d="M3.6 5V3.4a2.4 2.4 0 0 1 4.8 0V5" fill="none" stroke="currentColor" strokeWidth="1.4" />
      </svg>
      {label && <span className="sr-only">{label}</span>}
    </>
  )
}
