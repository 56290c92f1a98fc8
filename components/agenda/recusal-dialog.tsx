'use client'

import { useTranslations } from 'next-intl'
import { useCallback, useEffect, useState } from 'react'
import { FetchFailed } from '@/components/approval/fetch-failed.tsx'
import { Button } from '@/components/ui/button.tsx'
import { Dialog, DialogActions } from '@/components/ui/dialog.tsx'
import { Skeleton } from '@/components/ui/skeleton.tsx'
import { recusable, recuse } from '@/lib/agenda/actions.ts'
import type { ItemView, RecusablePerson } from '@/lib/agenda/schema.ts'
import type { Answer, ErrorCode } from '@/lib/errors.ts'
import styles from './recusal-dialog.module.css'

type People = { state: 'loading' } | { state: 'failed' } | { state: 'here'; people: RecusablePerson[] }

/** Who is disqualified from an item: each press counts at once, and the item closes for that person where they sit. */
export function RecusalDialog({ item, onClose }: { item: ItemView; onClose: () => void }) {
  const t = useTranslations('agenda.recusal')
  const errors = useTranslations('errors')
  const [known, setKnown] = useState<People>({ state: 'loading' })
  const [code, setCode] = useState<ErrorCode | null>(null)
  const look = useCallback(async () => {
    setKnown({ state: 'loading' })
    const answer = await asked(() => recusable({ itemId: item.id }))
    setKnown(answer.ok ? { state: 'here', people: answer.value } : { state: 'failed' })
  }, [item.id])
  useEffect(() => void look(), [look])

  async function choose({ userId }: RecusablePerson, recused: boolean) {
    setCode(null)
    show(userId, recused)
    const answer = await asked(() => recuse({ itemId: item.id, userId, recused }))
    if (answer.ok) return
    show(userId, !recused)
    setCode(answer.code)
  }

  function show(userId: string, isRecused: boolean) {
    setKnown((before) => {
      if (before.state !== 'here') return before
      const people = before.people.map((one) => (one.userId === userId ? { ...one, isRecused } : one))
      return { state: 'here', people }
    })
  }

  return (
    <Dialog open onClose={onClose} title={t('title', { number: item.number })}>
      <p>{t('what')}</p>
      {known.state === 'loading' && <Skeleton lines={4} label={t('loading')} />}
      {known.state === 'failed' && <FetchFailed again={() => void look()} />}
      {known.state === 'here' && known.people.length === 0 && <p>{t('nobody')}</p>}
      {known.state === 'here' && (
        <ul className={styles.people}>
          {known.people.map((person) => (
            <li key={person.userId}>
              <label>
                <input
                  type="checkbox"
                  checked={person.isRecused}
                  onChange={(event) => void choose(person, event.target.checked)}
                />
                {person.name}
              </label>
            </li>
          ))}
        </ul>
      )}
      {code && <p role="alert">{errors(code)}</p>}
      <DialogActions>
        <Button look="go" onClick={onClose}>
          {t('close')}
        </Button>
      </DialogActions>
    </Dialog>
  )
}

// An action only throws when the server can't be reached.
async function asked<T>(ask: () => Promise<Answer<T>>): Promise<Answer<T>> {
  try {
    return await ask()
  } catch {
    return { ok: false, code: 'store-unavailable' }
  }
}
