import styles from './avatar.module.css'

export type Person = { id: string; name: string; initials: string; colour: string }

/** People as coloured discs with their initials; one that joins pulses once. */
export function AvatarRow({ label, people, most = 5 }: { label: string; people: Person[]; most?: number }) {
  if (people.length === 0) return null
  const shown = people.slice(0, most)
  const rest = people.length - shown.length
  return (
    <ul className={styles.row} aria-label={label}>
      {shown.map((person) => (
        <li
          key={person.id}
          className={`${styles.avatar} ${styles.new}`}
          style={{ background: person.colour }}
          title={person.name}
        >
          <span aria-hidden>{person.initials.slice(0, 3)}</span>
          <span className="sr-only">{person.name}</span>
        </li>
      ))}
      {rest > 0 && <li className={`${styles.avatar} ${styles.more}`}>+{rest}</li>}
    </ul>
  )
}
