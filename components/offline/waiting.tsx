'use client'

import { useLocale, useTranslations } from 'next-intl'
import { useState } from 'react'
import { Button } from '@/components/ui/button.tsx'
import { useToast } from '@/components/ui/toast.tsx'
import { formatMoment } from '@/lib/i18n/dates.ts'
import styles from './offline.module.css'
import { dropTurn, type Turn } from './queue.ts'
import { useQueue } from './use-queue.ts'

/** What a person wrote of an item without a net, until it is sent; and what was refused, until they let go of it. */
export function Waiting({ itemId }: { itemId: string }) {
  const t = useTranslations('offline')
  const turns = useQueue().filter(({ value }) => value.itemId === itemId)
  if (turns.length === 0) return null
  return (
    <aside className={styles.waiting} aria-label={t('waitingTitle')}>
      <TurnList turns={turns} />
    </aside>
  )
}

/** What was refused, of all meetings: its author may not be able to open its item any more. */
export function Unsent() {
  const t = useTranslations('offline')
  const turns = useQueue().filter(({ value }) => value.refused !== null)
  if (turns.length === 0) return null
  return (
    <details className={styles.unsent}>
      <summary>{t('unsentTitle', { count: turns.length })}</summary>
      <TurnList turns={turns} />
    </details>
  )
}

function TurnList({ turns }: { turns: Turn[] }) {
  return (
    <ul className={styles.list}>
      {turns.map((turn) => (
        <OneTurn key={`${turn.id}`} turn={turn} />
      ))}
    </ul>
  )
}

function OneTurn({ turn: { id, value } }: { turn: Turn }) {
  const t = useTranslations('offline')
  const c = useTranslations('comments')
  const errors = useTranslations('errors')
  const locale = useLocale()
  const toast = useToast()
  const [isSure, setIsSure] = useState(false)
  const { kind, input, quote, refused, writtenAt } = value

  async function copy() {
    await navigator.clipboard.writeText(input.text)
    toast({ text: t('copied') })
  }

  async function drop() {
    if (!isSure) return setIsSure(true)
    await dropTurn(id)
  }

  return (
    <li>
      <q className={styles.quote}>{quote || c('onItem')}</q>
      <p className={styles.words}>{input.text}</p>
      <div className={styles.foot}>
        <span className={refused ? styles.refused : undefined} role="status">
          {refused ? t('refused', { reason: errors(refused) }) : t('waiting')}
        </span>
        <span>{kind === 'thread' ? c(`scope.${input.scope}`) : kind === 'reply' && t('replyTo')}</span>
        <time dateTime={writtenAt}>{formatMoment(writtenAt, new Date(), locale)}</time>
        {refused && (
          <Button look="quiet" onClick={() => void copy()}>
            {t('copy')}
          </Button>
        )}
        <Button look="quiet" onBlur={() => setIsSure(false)} onClick={() => void drop()}>
          {t(isSure ? 'dropSure' : 'drop')}
        </Button>
      </div>
    </li>
  )
}
