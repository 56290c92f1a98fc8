import styles from './skeleton.module.css'

const widths = ['62%', '100%', '96%', '88%', '97%', '54%']

/** Grey lines in place of a text under way; they show after 200 ms, so that a quick answer never flickers. */
export function Skeleton({ lines = 6, label }: { lines?: number; label: string }) {
  return (
    <div className={styles.skeleton} role="status" aria-label={label}>
      {Array.from({ length: lines }, (_, at) => `line-${at}`).map((key, at) => (
        <div key={key} className={styles.line} style={{ width: widths[at % widths.length] }} />
      ))}
    </div>
  )
}
