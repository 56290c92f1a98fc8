'use client'

import { useTranslations } from 'next-intl'
import { useState } from 'react'
import { Button } from '@/components/ui/button.tsx'
import { reopen, reply, resolve } from '@/lib/comments/actions.ts'
import type { ThreadView } from '@/lib/comments/schema.ts'
import { Comment } from './comment.tsx'
import styles from './comments.module.css'
import { Quote } from './composer.tsx'
import { TextForm } from './text-form.tsx'
import { useAct } from './use-act.ts'

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
  const settled = thread.resolvedAt !== null
  return (
    <article
      className={styles.thread}
      data-thread={thread.id}
      data-active={active || undefined}
      aria-label={thread.quote || t('onItem')}
    >
      {thread.detached && (
        <p className={styles.detached}>
          <b>{t('detached')}</b> {t('detachedHint')}
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
        <Comment key={comment.id} comment={comment} mayChange={thread.may.reply} now={now} />
      ))}
      {answering && thread.may.reply && (
        <TextForm
          label={t('writeReply')}
          send={t('send')}
          onSend={(text) => reply({ threadId: thread.id, text })}
          onSent={() => setAnswering(false)}
          onCancel={() => setAnswering(false)}
        />
      )}
      <div className={styles.foot}>
        <span className={styles.scope}>{t(`scope.${thread.scope}`)}</span>
        {settled && <span className={styles.settled}>{t('resolved')}</span>}
        <span className={styles.footActs}>
          {thread.may.reply && !answering && (
            <Button look="quiet" onClick={() => setAnswering(true)}>
              {t('reply')}
            </Button>
          )}
          {thread.may.resolve && (
            <Button
              look="quiet"
              disabled={pending}
              onClick={() =>
                void run(() => (settled ? reopen({ threadId: thread.id }) : resolve({ threadId: thread.id })))
              }
            >
              {settled ? t('reopen') : t('resolve')}
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
