import { type ReactNode, useId } from 'react'
import styles from './field.module.css'

type Shared = { label: string; hint?: ReactNode; error?: string | null }

type Attributes = {
  id: string
  className: string
  'aria-describedby': string | undefined
  'aria-invalid': true | undefined
}

/** A label with its control, hint and error tied together; the control is given by `children`. */
export function Field({
  label,
  hint,
  error,
  children,
}: Shared & { children: (given: Attributes) => ReactNode }) {
  const id = useId()
  const note = error ?? hint
  return (
    <div className={styles.field}>
      <label className={styles.label} htmlFor={id}>
        {label}
      </label>
      {children({
        id,
        className: styles.input ?? '',
        'aria-describedby': note ? `${id}-note` : undefined,
        'aria-invalid': error ? true : undefined,
      })}
      {note && (
        <div id={`${id}-note`} className={error ? styles.error : styles.hint}>
          {note}
        </div>
      )}
    </div>
  )
}
