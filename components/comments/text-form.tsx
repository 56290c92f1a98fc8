'use client'

import { useTranslations } from 'next-intl'
import { type KeyboardEvent, type ReactNode, useEffect, useId, useRef, useState } from 'react'
import { Button } from '@/components/ui/button.tsx'
import type { Answer } from '@/lib/errors.ts'
import styles from './comments.module.css'
import { useAct } from './use-act.ts'

type TextFormProps = {
  label: string
  send: string
  initial?: string
  before?: ReactNode
  onSend: (text: string) => Promise<Answer<unknown>>
  onSent: () => void
  onCancel: () => void
}

/** A few lines to write a comment in: Ctrl+Enter sends, Esc leaves, and what is typed stays until it was received. */
export function TextForm({ label, send, initial = '', before, onSend, onSent, onCancel }: TextFormProps) {
  const t = useTranslations('comments')
  const [text, setText] = useState(initial)
  const { run, pending, error } = useAct()
  const field = useRef<HTMLTextAreaElement>(null)
  const id = useId()

  useEffect(() => {
    const area = field.current
    area?.focus()
    area?.setSelectionRange(area.value.length, area.value.length)
  }, [])

  async function submit() {
    if (!text.trim() || pending) return
    const answer = await run(() => onSend(text))
    // The answer may come when this form has made way for another one, which must not be closed by it.
    if (answer?.ok && field.current) onSent()
  }

  function onKeyDown(event: KeyboardEvent) {
    if (event.key === 'Enter' && (event.ctrlKey || event.metaKey)) {
      event.preventDefault()
      void submit()
    } else if (event.key === 'Escape' && !text.trim()) {
      event.stopPropagation()
      onCancel()
    }
  }

  return (
    <form
      className={styles.form}
      onSubmit={(event) => {
        event.preventDefault()
        void submit()
      }}
    >
      {before}
      <label className="sr-only" htmlFor={id}>
        {label}
      </label>
      <textarea
        ref={field}
        id={id}
        className={styles.area}
        placeholder={label}
        value={text}
        maxLength={5000}
        rows={2}
        aria-describedby={error ? `${id}-error` : undefined}
        onChange={(event) => setText(event.target.value)}
        onKeyDown={onKeyDown}
      />
      {error && (
        <p id={`${id}-error`} className={styles.error} role="alert">
          {error}
        </p>
      )}
      <div className={styles.acts}>
        <Button look="go" type="submit" disabled={pending || !text.trim()}>
          {pending ? t('sending') : send}
        </Button>
        <Button look="quiet" onClick={onCancel}>
          {t('cancel')}
        </Button>
      </div>
    </form>
  )
}
