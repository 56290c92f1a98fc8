'use client'

import { useTranslations } from 'next-intl'
import { useId, useState } from 'react'
import { ask, startThread } from '@/components/offline/write.ts'
import type { Scope, TextSelection, ThreadKind } from '@/lib/comments/schema.ts'
import styles from './comments.module.css'
import { TextForm } from './text-form.tsx'

/** A thread a person is about to start: on words they selected, or on the whole item. */
export type Draft = { itemId: string; selection: TextSelection | null }

/** What a person may begin: the scopes they may choose, the widest first, and may they ask the secretariat? */
export type Beginnings = { scopes: Scope[]; mayAsk: boolean }

type ComposerProps = Beginnings & {
  draft: Draft
  /** Called with the draft that became a thread, which may be another than the one now at hand. */
  onStarted: (threadId: string, draft: Draft) => void
  onCancel: () => void
}

/** Where a thread is started: the words it is on, what is said, and who may read it. */
export function Composer({ draft, scopes, mayAsk, onStarted, onCancel }: ComposerProps) {
  const t = useTranslations('comments')
  const [kind, setKind] = useState<ThreadKind>('comment')
  const [chosen, setChosen] = useState<Scope>(scopes[0] ?? 'private')
  const scope = kind === 'question' ? 'leadership' : chosen
  const id = useId()
  let started = ''
  return (
    <section className={styles.composer} aria-label={t('newThread')}>
      <Quote text={draft.selection?.quote ?? ''} />
      <TextForm
        label={t(kind === 'question' ? 'writeQuestion' : 'write')}
        send={t(kind === 'question' ? 'ask' : 'send')}
        place={{ itemId: draft.itemId, scope, threadId: null }}
        onSend={async (text) => {
          const answer = await (kind === 'question'
            ? ask({ ...draft, text })
            : startThread({ ...draft, scope, text }))
          if (answer.ok) started = answer.value.threadId
          return answer
        }}
        onSent={() => onStarted(started, draft)}
        onCancel={onCancel}
        before={
          <>
            {mayAsk && (
              <fieldset className={styles.kinds}>
                <legend className="sr-only">{t('kindLabel')}</legend>
                {(['comment', 'question'] as const).map((one) => (
                  <label key={one} data-chosen={kind === one || undefined}>
                    <input
                      type="radio"
                      name={`${id}-kind`}
                      checked={kind === one}
                      onChange={() => setKind(one)}
                    />
                    {t(`kind.${one}`)}
                  </label>
                ))}
              </fieldset>
            )}
            <div className={styles.scopeChoice}>
              {kind === 'comment' && (
                <>
                  <label htmlFor={id}>{t('scopeLabel')}</label>
                  <select
                    id={id}
                    value={scope}
                    aria-describedby={`${id}-hint`}
                    onChange={(event) =>
                      setChosen(scopes.find((known) => known === event.target.value) ?? scope)
                    }
                  >
                    {scopes.map((known) => (
                      <option key={known} value={known}>
                        {t(`scope.${known}`)}
                      </option>
                    ))}
                  </select>
                </>
              )}
              <p id={`${id}-hint`}>{t(kind === 'question' ? 'questionHint' : `scopeHint.${scope}`)}</p>
            </div>
          </>
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
