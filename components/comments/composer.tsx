'use client'

import { useTranslations } from 'next-intl'
import { useId, useState } from 'react'
import { startThread } from '@/lib/comments/actions.ts'
import type { Scope, TextSelection } from '@/lib/comments/schema.ts'
import styles from './comments.module.css'
import { TextForm } from './text-form.tsx'

/** A thread a person is about to start: on words they selected, or on the whole item. */
export type Draft = { itemId: string; selection: TextSelection | null }

type ComposerProps = {
  draft: Draft
  scopes: Scope[]
  onStarted: (threadId: string) => void
  onCancel: () => void
}

/** Where a thread is started: the words it is on, what is said, and who may read it. */
export function Composer({ draft, scopes, onStarted, onCancel }: ComposerProps) {
  const t = useTranslations('comments')
  const [scope, setScope] = useState<Scope>(scopes[0] ?? 'private')
  const id = useId()
  let started = ''
  return (
    <section className={styles.composer} aria-label={t('newThread')}>
      <Quote text={draft.selection?.quote ?? ''} />
      <TextForm
        label={t('write')}
        send={t('send')}
        onSend={async (text) => {
          const answer = await startThread({ ...draft, scope, text })
          if (answer.ok) started = answer.value.threadId
          return answer
        }}
        onSent={() => onStarted(started)}
        onCancel={onCancel}
        before={
          <div className={styles.scopeChoice}>
            <label htmlFor={id}>{t('scopeLabel')}</label>
            <select
              id={id}
              value={scope}
              aria-describedby={`${id}-hint`}
              onChange={(event) => setScope(scopes.find((known) => known === event.target.value) ?? scope)}
            >
              {scopes.map((known) => (
                <option key={known} value={known}>
                  {t(`scope.${known}`)}
                </option>
              ))}
            </select>
            <p id={`${id}-hint`}>{t(`scopeHint.${scope}`)}</p>
          </div>
        }
      />
    </section>
  )
}

/** The words a thread is on, or that it is on the whole item. */
export function Quote({ text }: { text: string }) {
  const t = useTranslations('comments')
  if (!text) return <p className={styles.onItem}>{t('onItem')}</p>
  return <q className={styles.quote}>{text.length > 160 ? `${text.slice(0, 157).trimEnd()} …` : text}</q>
}
