'use client'

import { useLocale, useTranslations } from 'next-intl'
import { useState } from 'react'
import { deleteComment, editComment } from '@/lib/comments/actions.ts'
import type { CommentView } from '@/lib/comments/schema.ts'
import { formatMoment } from '@/lib/i18n/dates.ts'
import styles from './comments.module.css'
import { TextForm } from './text-form.tsx'
import { useAct } from './use-act.ts'

/** One comment; its author may rewrite it or take it away. */
export function Comment({
  comment,
  mayChange,
  now,
}: {
  comment: CommentView
  mayChange: boolean
  now: Date
}) {
  const t = useTranslations('comments')
  const locale = useLocale()
  const [mode, setMode] = useState<'shown' | 'editing' | 'deleting'>('shown')
  const { run, pending, error } = useAct()
  const { id, text } = comment
  if (text === null) return <p className={styles.deleted}>{t('deleted')}</p>
  return (
    <div className={styles.comment}>
      <div className={styles.by}>
        <b>{comment.name}</b>
        <time dateTime={comment.at} suppressHydrationWarning>
          {` · ${formatMoment(comment.at, now, locale)}`}
        </time>
        {comment.editedAt && <span>{` · ${t('edited')}`}</span>}
      </div>
      {mode === 'editing' ? (
        <TextForm
          label={t('write')}
          send={t('save')}
          initial={text}
          onSend={(changed) => editComment({ commentId: id, text: changed })}
          onSent={() => setMode('shown')}
          onCancel={() => setMode('shown')}
        />
      ) : (
        <p className={styles.text}>{text}</p>
      )}
      {comment.mine && mayChange && mode !== 'editing' && (
        <div className={styles.own}>
          <button type="button" onClick={() => setMode('editing')}>
            {t('edit')}
          </button>
          <button
            type="button"
            disabled={pending}
            onBlur={() => setMode('shown')}
            onClick={() =>
              mode === 'deleting' ? void run(() => deleteComment({ commentId: id })) : setMode('deleting')
            }
          >
            {mode === 'deleting' ? t('deleteSure') : t('delete')}
          </button>
        </div>
      )}
      {error && (
        <p className={styles.error} role="alert">
          {error}
        </p>
      )}
    </div>
  )
}
