'use client'

import { useTranslations } from 'next-intl'
import { type FormEvent, useState } from 'react'
import { Button } from '@/components/ui/button.tsx'
import { Dialog, DialogActions } from '@/components/ui/dialog.tsx'
import { Field } from '@/components/ui/field.tsx'
import type { ItemView } from '@/lib/agenda/schema.ts'
import { useActs } from './use-acts.ts'

type CloseItemDialogProps = { item: ItemView; open: boolean; onClose: () => void }

/** Makes an item confidential: what the public may read of it, and why it is closed. */
export function CloseItemDialog({ item, open, onClose }: CloseItemDialogProps) {
  const t = useTranslations('agenda')
  return (
    <Dialog open={open} onClose={onClose} title={t('close.title', { number: item.number })}>
      <CloseForm item={item} onClose={onClose} />
    </Dialog>
  )
}

function CloseForm({ item, onClose }: Omit<CloseItemDialogProps, 'open'>) {
  const t = useTranslations('agenda')
  const c = useTranslations('common')
  const acts = useActs()
  const [publicTitle, setPublicTitle] = useState(item.publicTitle ?? '')
  const [reason, setReason] = useState(item.closedReason ?? '')
  const [sending, setSending] = useState(false)

  async function save(event: FormEvent) {
    event.preventDefault()
    setSending(true)
    const answer = await acts.closeItem(item, publicTitle, reason)
    setSending(false)
    if (answer.ok) onClose()
  }

  return (
    <form onSubmit={save} style={{ display: 'grid', gap: 16 }}>
      <p>{t('close.what')}</p>
      <Field label={t('close.publicTitle')} hint={t('close.publicTitleHint')}>
        {(given) => (
          <input
            {...given}
            required
            maxLength={300}
            value={publicTitle}
            onChange={(event) => setPublicTitle(event.target.value)}
          />
        )}
      </Field>
      <Field label={t('close.reason')}>
        {(given) => (
          <textarea
            {...given}
            required
            maxLength={500}
            value={reason}
            onChange={(event) => setReason(event.target.value)}
          />
        )}
      </Field>
      <DialogActions>
        <Button onClick={onClose}>{c('cancel')}</Button>
        <Button look="go" type="submit" disabled={sending}>
          {t('close.do')}
        </Button>
      </DialogActions>
    </form>
  )
}
