import type { ComponentProps } from 'react'
import styles from './button.module.css'

type Look = 'plain' | 'go' | 'quiet' | 'danger' | 'icon'

/** The class of a button, for links that look like one. */
export function buttonClass(look: Look = 'plain', more = ''): string {
  return [styles.button, look === 'plain' ? '' : styles[look], more].filter(Boolean).join(' ')
}

export function Button({ look = 'plain', className, ...rest }: ComponentProps<'button'> & { look?: Look }) {
  return <button type="button" {...rest} className={buttonClass(look, className)} />
}
