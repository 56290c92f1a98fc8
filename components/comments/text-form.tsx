'use client'

import { useTranslations } from 'next-intl'
import { type KeyboardEvent, type ReactNode, useEffect, useId, useRef, useState } from 'react'
import { Button } from '@/components/ui/button.tsx'
import type { Answer } from '@/lib/errors.ts'
import styles from './comments.module.css'
import { useAct } from './use-act.ts'
import { type MentionPlace, useMentions } from './use-mentions.ts'

type TextFormProps = {
  label: string
  send: string
  /** Where it will stand: who may read it there is offered behind an @. */
  place: MentionPlace
  initial?: string
  before?: ReactNode
  onSend: (text: string) => Promise<Answer<unknown>>
  /** Called when it was received, also when the form has made way for something else meanwhile. */
  onSent: () => void
  onCancel: () => void
}

/** A few lines to write a comment in: Ctrl+Enter sends, Esc leaves, and what is typed stays until it was received. */
export function TextForm({
  label,
  send,
  place,
  initial = '',
  before,
  onSend,
  onSent,
  onCancel,
}: TextFormProps) {
  const t = useTranslations('comments')
  const [text, setText] = useState(initial)
  const { run, pending, error } = useAct()
  const field = useRef<HTMLTextAreaElement>(null)
  const mentions = useMentions({ field, place, setText })
  const id = useId()

  useEffect(() => {
    const area = field.current
    area?.focus()
    area?.setSelectionRange(area.value.length, area.value.length)
  }, [])

  async function submit() {
    if (!text.trim() || pending) return
    const answer = await run(() => onSend(text))
    if (answer?.ok) onSent()
  }

  function onKeyDown(event: KeyboardEvent) {
    if (mentions.onKey(event)) return
    if (event.key === 'Enter' && (event.ctrlKey || event.metaKey)) {
      event.preventDefault()
      void submit()
    } else if (event.key === 'Escape' && !text.trim()) {
      event.preventDefault()
      onCancel()
    }
  }

  const chosen = mentions.offered[mentions.chosen]
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
      <div className={styles.writing}>
        <textarea
          ref={field}
          id={id}
          className={styles.area}
          placeholder={label}
          value={text}
          maxLength={5000}
          rows={2}
          aria-describedby={error ? `${id}-error` : undefined}
          aria-autocomplete="list"
          aria-controls={chosen ? mentions.listId : undefined}
          aria-activedescendant={chosen ? mentions.optionId(chosen.userId) : undefined}
          onChange={(event) => {
            setText(event.target.value)
            mentions.look()
          }}
          onClick={mentions.look}
          onBlur={mentions.close}
          onKeyDown={onKeyDown}
        />
        {chosen && (
          <ul
            id={mentions.listId}
            // biome-ignore lint/a11y/noNoninteractiveElementToInteractiveRole: a list of people the field's keys choose from
            role="listbox"
            aria-label={t('mention')}
            className={styles.people}
          >
            {mentions.offered.map((person) => (
              <li
                key={person.userId}
                id={mentions.optionId(person.userId)}
                // biome-ignore lint/a11y/noNoninteractiveElementToInteractiveRole: see the list
                role="option"
                tabIndex={-1}
                aria-selected={person === chosen}
                // Pressing must not take the focus from the field.
                onPointerDown={(event) => {
                  event.preventDefault()
                  mentions.take(person)
                }}
              >
                <b>{person.initials}</b> {person.name}
              </li>
            ))}
          </ul>
        )}
        <span className="sr-only" role="status">
          {mentions.offered.length > 0 ? t('mentionFound', { count: mentions.offered.length }) : ''}
        </span>
      </div>
      {error && (
        <p id={`${id}-error`} className={styles.error} role="alert">
          {error}
        </p>
      )}
      <div className={styles.acts}>
        <Button look="go" type="submit" aria-busy={pending} disabled={!text.trim()}>
          {pending ? t('sending') : send}
        </Button>
        <Button look="quiet" onClick={onCancel}>
          {t('cancel')}
        </Button>
      </div>
    </form>
  )
}
