'use client'

import { useLocale, useTranslations } from 'next-intl'
import { type ReactNode, useState } from 'react'
import { deleteComment, editComment } from '@/lib/comments/actions.ts'
import type { CommentView } from '@/lib/comments/schema.ts'
import { formatMoment } from '@/lib/i18n/dates.ts'
import styles from './comments.module.css'
import { TextForm } from './text-form.tsx'
import { useAct } from './use-act.ts'
import type { MentionPlace } from './use-mentions.ts'

type CommentProps = { comment: CommentView; place: MentionPlace; mayChange: boolean; now: Date }

/** One comment; its author may rewrite it or take it away. */
export function Comment({ comment, place, mayChange, now }: CommentProps) {
  const t = useTranslations('comments')
  const locale = useLocale()
  const [mode, setMode] = useState<'shown' | 'editing' | 'deleting'>('shown')
  const [showsEarlier, setShowsEarlier] = useState(false)
  const { run, pending, error } = useAct()
  const { id, text } = comment
  if (text === null) return <p className={styles.deleted}>{t('deleted')}</p>
  return (
    <div className={styles.comment}>
      <div className={styles.by}>
        <b>{comment.name || t('nameless')}</b>
        <time dateTime={comment.at} suppressHydrationWarning>
          {` · ${formatMoment(comment.at, now, locale)}`}
        </time>
        {comment.editedAt && comment.earlier.length === 0 && <span>{` · ${t('edited')}`}</span>}
        {comment.earlier.length > 0 && (
          <>
            {' · '}
            <button
              type="button"
              className={styles.edited}
              aria-expanded={showsEarlier}
              title={t('showEarlier')}
              onClick={() => setShowsEarlier(!showsEarlier)}
            >
              {t('edited')}
            </button>
          </>
        )}
      </div>
      {mode === 'editing' ? (
        <TextForm
          label={t('write')}
          send={t('save')}
          place={place}
          initial={text}
          onSend={(changed) => editComment({ commentId: id, text: changed })}
          onSent={() => setMode('shown')}
          onCancel={() => setMode('shown')}
        />
      ) : (
        <p className={styles.text}>{withMentions(text, comment.mentions)}</p>
      )}
      {showsEarlier && (
        <ol className={styles.earlier} aria-label={t('earlier')}>
          {comment.earlier.map((one) => (
            <li key={one.until}>
              <time dateTime={one.until} suppressHydrationWarning>
                {t('earlierUntil', { when: formatMoment(one.until, now, locale) })}
              </time>{' '}
              <span>{one.text}</span>
            </li>
          ))}
        </ol>
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

/** The text with those it mentions set off; initials that several share name all of them. */
function withMentions(text: string, mentions: CommentView['mentions']): ReactNode[] {
  const parts: ReactNode[] = []
  let end = 0
  for (const { from, to } of mentions) {
    if (from < end) continue
    const here = mentions.filter((one) => one.from === from)
    parts.push(
      text.slice(end, from),
      <b
        key={from}
        className={styles.mention}
        data-me={here.some(({ me }) => me) || undefined}
        title={here.map(({ name }) => name).join(', ')}
      >
        {text.slice(from, to)}
      </b>,
    )
    end = to
  }
  return [...parts, text.slice(end)]
}
