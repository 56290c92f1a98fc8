'use client'

import { useLocale, useTranslations } from 'next-intl'
import { lazy, type ReactNode, Suspense, useEffect, useRef, useState } from 'react'
import { reply } from '@/components/offline/write.ts'
import { Button } from '@/components/ui/button.tsx'
import { Menu } from '@/components/ui/menu.tsx'
import { narrow, reopen, resolve, share } from '@/lib/comments/actions.ts'
import type { ThreadView } from '@/lib/comments/schema.ts'
import { formatMoment } from '@/lib/i18n/dates.ts'
import { Comment } from './comment.tsx'
import styles from './comments.module.css'
import { Quote } from './composer.tsx'
import { TextForm } from './text-form.tsx'
import { useAct } from './use-act.ts'

const AnswerDialog = lazy(async () => ({ default: (await import('./answer-dialog.tsx')).AnswerDialog }))

type ThreadProps = {
  thread: ThreadView
  active: boolean
  now: Date
  /** Brings the thread and its words into view. */
  onSelect: () => void
}

/** One conversation: the words it is on, what was said, who may read it, and what the reader may do. */
export function Thread({ thread, active, now, onSelect }: ThreadProps) {
  const t = useTranslations('comments')
  const [answering, setAnswering] = useState(false)
  const { run, pending, error } = useAct()
  const answer = useRef<HTMLSpanElement>(null)
  const place = { itemId: thread.itemId, scope: thread.scope, threadId: thread.id }

  // The focus stays in the conversation when the form is sent or left.
  const wasAnswering = useRef(false)
  useEffect(() => {
    if (wasAnswering.current && !answering) answer.current?.querySelector('button')?.focus()
    wasAnswering.current = answering
  }, [answering])

  return (
    <article
      className={styles.thread}
      data-thread={thread.id}
      data-active={active || undefined}
      data-unread={thread.unread > 0 || undefined}
      aria-label={thread.quote || t('onItem')}
    >
      {thread.unread > 0 && <p className={styles.unread}>{t('unread', { count: thread.unread })}</p>}
      {thread.detached && (
        <p className={styles.detached}>
          <b>{t('detached')}</b> {t('detachedHint')} <Whence thread={thread} now={now} />
        </p>
      )}
      {thread.place ? (
        <button type="button" className={styles.toWords} title={t('showWords')} onClick={onSelect}>
          <Quote text={thread.quote} />
        </button>
      ) : (
        <Quote text={thread.quote} />
      )}
      {thread.comments.map((comment) => (
        <Comment
          key={comment.id}
          comment={comment}
          place={place}
          mayChange={thread.may.reply || thread.may.resolve}
          now={now}
        />
      ))}
      {answering && thread.may.reply && (
        <TextForm
          label={t('writeReply')}
          send={t('send')}
          place={place}
          onSend={(text) => reply({ threadId: thread.id, text })}
          onSent={() => setAnswering(false)}
          onCancel={() => setAnswering(false)}
        />
      )}
      <div className={styles.foot}>
        <Readers thread={thread} onNarrow={(scope) => run(() => narrow({ threadId: thread.id, scope }))} />
        {thread.resolvedAt && <Resolved thread={thread} />}
        <span ref={answer} className={styles.footActs}>
          {thread.may.reply && !answering && (
            <Button look="quiet" onClick={() => setAnswering(true)}>
              {t('reply')}
            </Button>
          )}
          {thread.may.share && (
            <Button
              look="quiet"
              aria-busy={pending}
              onClick={() => void run(() => share({ threadId: thread.id, shared: !thread.shared }))}
            >
              {t(thread.shared ? 'unshare' : 'share')}
            </Button>
          )}
          {thread.may.resolve && (
            <Button
              look="quiet"
              aria-busy={pending}
              onClick={() => {
                if (pending) return
                void run(() =>
                  thread.resolvedAt ? reopen({ threadId: thread.id }) : resolve({ threadId: thread.id }),
                )
              }}
            >
              {t(thread.resolvedAt ? 'reopen' : 'resolve')}
            </Button>
          )}
        </span>
      </div>
      {error && (
        <p className={styles.error} role="alert">
          {error}
        </p>
      )}
    </article>
  )
}

/** Where the words stood that are gone, and in the text of when. */
function Whence({ thread, now }: { thread: ThreadView; now: Date }) {
  const t = useTranslations('comments')
  const locale = useLocale()
  const { field, quote, context, comments } = thread
  const at = comments[0]?.at
  if (!field || !at) return null
  const when = formatMoment(at, now, locale)
  return t('detachedFrom', { field: t(`reader.field.${field}`), when, quote, ...context })
}

type ReadersProps = { thread: ThreadView; onNarrow: (scope: ThreadView['scope']) => unknown }

/** Who may read the conversation; its author may keep it to fewer until somebody answers. */
function Readers({ thread, onNarrow }: ReadersProps): ReactNode {
  const t = useTranslations('comments')
  const { may } = thread
  const label = readersOf(thread, t)
  if (may.narrow.length === 0) return <span className={styles.scope}>{label}</span>
  return (
    <span className={styles.narrow}>
      <Menu
        look="quiet"
        align="start"
        label={t('narrow', { scope: label })}
        button={<span className={styles.scope}>{label}</span>}
        items={may.narrow.map((one) => ({
          id: one,
          label: t(`scope.${one}`),
          hint: t(`scopeHint.${one}`),
          onSelect: () => void onNarrow(one),
        }))}
      />
    </span>
  )
}

function readersOf(
  { kind, scope, group, shared }: ThreadView,
  t: ReturnType<typeof useTranslations<'comments'>>,
): string {
  if (shared) return t('shared')
  if (group !== null) return t('groupOf', { group })
  return t(kind === 'question' ? 'kind.question' : `scope.${scope}`)
}

function Resolved({ thread: { itemId, resolvedBy, answer } }: { thread: ThreadView }) {
  const t = useTranslations('comments')
  const [isShown, setIsShown] = useState(false)
  return (
    <>
      <span className={styles.settled}>
        {resolvedBy ? t('resolvedBy', { name: resolvedBy }) : t('resolved')}
      </span>
      {answer && (
        <button type="button" className={styles.answer} onClick={() => setIsShown(true)}>
          {t('showAnswer')}
        </button>
      )}
      <Suspense>
        {answer && isShown && (
          <AnswerDialog itemId={itemId} answer={answer} onClose={() => setIsShown(false)} />
        )}
      </Suspense>
    </>
  )
}
