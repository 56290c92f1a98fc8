'use client'

import { useTranslations } from 'next-intl'
import { useId, useState } from 'react'
import { Button } from '@/components/ui/button.tsx'
import { useAnnounce } from '@/components/ui/live-region.tsx'
import { assign, markHandled } from '@/lib/comments/actions.ts'
import { canTake, type ThreadState, type ThreadTaker } from '@/lib/comments/overview.ts'
import type { ThreadView } from '@/lib/comments/schema.ts'
import styles from './all-comments.module.css'
import { Thread } from './thread.tsx'
import { useAct } from './use-act.ts'

type AllCommentsThreadProps = {
  thread: ThreadView
  state: ThreadState
  takers: ThreadTaker[]
  now: Date
  /** Where its item stands in the workspace. */
  href: string
}

/** One conversation among all of an agenda, with what the secretariat does about it. */
export function AllCommentsThread({ thread, state, takers, now, href }: AllCommentsThreadProps) {
  const t = useTranslations('comments.all')
  return (
    <>
      <p className={styles.marks}>
        <span className={styles.state} data-state={state}>
          <StateShape state={state} />
          {t(`state.${state}`)}
        </span>
        {thread.kind === 'question' && <span className={styles.kind}>{t('kind.question')}</span>}
        <a href={href} className={styles.toItem}>
          {t('toItem')}
        </a>
      </p>
      <Thread thread={thread} active={false} now={now} onSelect={() => window.location.assign(href)} />
      {thread.may.triage && (
        <div className={styles.triage}>
          <Assignee thread={thread} takers={takers} />
          {thread.resolvedAt === null && <Handled thread={thread} />}
        </div>
      )}
    </>
  )
}

function Assignee({ thread, takers }: { thread: ThreadView; takers: ThreadTaker[] }) {
  const t = useTranslations('comments.all')
  const { run, error } = useAct()
  const id = useId()
  const { id: threadId, assignee } = thread
  const holder = assignee?.userId ?? ''
  // What was chosen stands until the server's word for it is here.
  const [chosen, setChosen] = useState<{ userId: string; instead: string } | null>(null)
  const offered = takers.filter((taker) => canTake(taker, thread) || taker.userId === holder)
  // Whom it was given to may have left since.
  const gone = assignee && !offered.some(({ userId }) => userId === holder) ? assignee : null

  async function give(userId: string) {
    setChosen({ userId, instead: holder })
    const answer = await run(() => assign({ threadId, userId: userId || null }))
    if (!answer?.ok) setChosen(null)
  }

  return (
    <span className={styles.assignee}>
      <label htmlFor={id}>{t('assignee')}</label>
      <select
        id={id}
        value={chosen?.instead === holder ? chosen.userId : holder}
        aria-describedby={error ? `${id}-error` : undefined}
        onChange={(event) => void give(event.target.value)}
      >
        <option value="">{t('nobody')}</option>
        {gone && <option value={gone.userId}>{gone.name}</option>}
        {offered.map(({ userId, name }) => (
          <option key={userId} value={userId}>
            {name}
          </option>
        ))}
      </select>
      <Failure id={`${id}-error`} text={error} />
    </span>
  )
}

function Handled({ thread: { id: threadId, handledAt } }: { thread: ThreadView }) {
  const t = useTranslations('comments.all')
  const announce = useAnnounce()
  const { run, pending, error } = useAct()
  const handled = handledAt !== null

  async function turn() {
    if (pending) return
    const answer = await run(() => markHandled({ threadId, handled: !handled }))
    if (answer?.ok) announce(t(handled ? 'state.open' : 'state.handled'))
  }

  return (
    <>
      <Button look="quiet" aria-busy={pending} onClick={() => void turn()}>
        {t(handled ? 'unhandle' : 'handle')}
      </Button>
      <Failure text={error} />
    </>
  )
}

function Failure({ id, text }: { id?: string; text: string | null }) {
  if (!text) return null
  return (
    <span id={id} className={styles.failure} role="alert">
      {text}
    </span>
  )
}

/** Each state has a shape of its own beside its word: disc, ring, tick, bar. */
function StateShape({ state }: { state: ThreadState }) {
  return (
    <svg viewBox="0 0 12 12" aria-hidden="true" fill="none" stroke="currentColor" strokeWidth="1.6">
      {state === 'unanswered' && <circle cx="6" cy="6" r="5" fill="currentColor" stroke="none" />}
      {state === 'open' && <circle cx="6" cy="6" r="4.6" />}
      {state === 'handled' && <path d="M1.8 6.4 4.8 9.4 10.4 2.8" />}
      {state === 'resolved' && <path d="M1.6 6h8.8" />}
    </svg>
  )
}
