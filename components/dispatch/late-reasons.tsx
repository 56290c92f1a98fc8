'use client'

import { useTranslations } from 'next-intl'
import { useState } from 'react'
import { Button } from '@/components/ui/button.tsx'
import { Field } from '@/components/ui/field.tsx'
import { giveLateReason } from '@/lib/dispatch/actions.ts'
import type { ReadinessView } from '@/lib/dispatch/schema.ts'
import styles from './dispatch.module.css'

/** Why each late item comes after the agenda was sent; members read it with the item. */
export function LateReasons({ late, onDone }: { late: ReadinessView['late']; onDone: () => void }) {
  return late.map((item) => <LateReason key={item.itemId} item={item} onDone={onDone} />)
}

function LateReason({ item, onDone }: { item: ReadinessView['late'][number]; onDone: () => void }) {
  const t = useTranslations('dispatch')
  const e = useTranslations('errors')
  const [reason, setReason] = useState(item.reason ?? '')
  const [failure, setFailure] = useState<string | null>(null)
  const isKept = reason.trim() === (item.reason ?? '')

  async function keep() {
    if (isKept) return
    const answer = await giveLateReason({ itemId: item.itemId, reason })
    setFailure(answer.ok ? null : e(answer.code))
    onDone()
  }

  return (
    <div className={styles.lateReason}>
      <Field
        label={t('lateReason', { number: item.number, title: item.title || t('untitled') })}
        error={failure}
      >
        {(given) => (
          <input
            {...given}
            maxLength={1000}
            value={reason}
            onChange={(event) => setReason(event.target.value)}
            onBlur={() => void keep()}
            onKeyDown={(event) => {
              if (event.key !== 'Enter') return
              event.preventDefault()
              void keep()
            }}
          />
        )}
      </Field>
      <Button disabled={isKept} onClick={() => void keep()}>
        {t('keep')}
      </Button>
    </div>
  )
}
