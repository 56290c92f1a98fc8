import styles from './count.module.css'

type CountProps = {
  /** How many there are, and how many of them are news. */
  count: number
  unread: number
  /** What is said of it where it can't be seen. */
  label: string
}

/** A small number beside a name; set off while something of it is unread. */
export function Count({ count, unread, label }: CountProps) {
  if (count === 0 && unread === 0) return null
  return (
    <span className={styles.count} data-unread={unread > 0 || undefined}>
      <span aria-hidden="true">{unread > 0 ? unread : count}</span>
      <span className="sr-only">{label}</span>
    </span>
  )
}
