'use client'

import { useTranslations } from 'next-intl'
import { type FormEvent, useState } from 'react'
import { Button } from '@/components/ui/button.tsx'
import { Dialog, DialogActions } from '@/components/ui/dialog.tsx'
import { Field } from '@/components/ui/field.tsx'
import type { ItemView } from '@/lib/agenda/schema.ts'
import type { ErrorCode } from '@/lib/errors.ts'
import { useActs } from './use-acts.ts'

type AnnexDialogProps = { item: ItemView; open: boolean; onClose: () => void }

/** Adds an annex: a file, or a link. */
export function AnnexDialog({ item, open, onClose }: AnnexDialogProps) {
  const t = useTranslations('agenda')
  return (
    <Dialog open={open} onClose={onClose} title={t('annex.addTo', { number: item.number })}>
      <AnnexForm item={item} onClose={onClose} />
    </Dialog>
  )
}

function AnnexForm({ item, onClose }: Omit<AnnexDialogProps, 'open'>) {
  const t = useTranslations('agenda')
  const c = useTranslations('common')
  const e = useTranslations('errors')
  const acts = useActs()
  const [kind, setKind] = useState<'file' | 'link'>('file')
  const [title, setTitle] = useState('')
  const [url, setUrl] = useState('')
  const [error, setError] = useState<ErrorCode | null>(null)
  const [sending, setSending] = useState(false)

  async function save(event: FormEvent<HTMLFormElement>) {
    event.preventDefault()
    const form = new FormData(event.currentTarget)
    setSending(true)
    const answer = await (kind === 'file' ? acts.uploadAnnex(item, form) : acts.addLink(item, title, url))
    setSending(false)
    if (answer.ok) onClose()
    else setError(answer.code)
  }

  return (
    <form onSubmit={save} style={{ display: 'grid', gap: 16 }}>
      <fieldset style={{ display: 'flex', gap: 18, border: 0, margin: 0, padding: 0 }}>
        <legend className="sr-only">{t('annex.kind')}</legend>
        {(['file', 'link'] as const).map((one) => (
          <label key={one} style={{ display: 'flex', gap: 7, alignItems: 'center', minHeight: 24 }}>
            <input type="radio" name="kind" checked={kind === one} onChange={() => setKind(one)} />
            {t(`annex.${one}`)}
          </label>
        ))}
      </fieldset>
      {kind === 'file' ? (
        <Field label={t('annex.chooseFile')} hint={t('annex.fileHint')}>
          {(given) => (
            <input
              {...given}
              type="file"
              name="file"
              required
              onChange={(event) => setTitle((old) => old || nameOf(event.target.files?.[0]))}
            />
          )}
        </Field>
      ) : (
        <Field label={t('annex.url')}>
          {(given) => (
            <input
              {...given}
              type="url"
              required
              placeholder="https://"
              value={url}
              onChange={(event) => setUrl(event.target.value)}
            />
          )}
        </Field>
      )}
      <Field label={t('annex.title')} error={error && e(error)}>
        {(given) => (
          <input
            {...given}
            name="title"
            required
            maxLength={300}
            value={title}
            onChange={(event) => setTitle(event.target.value)}
          />
        )}
      </Field>
      {sending && <progress aria-label={t('annex.sending')} style={{ width: '100%' }} />}
      <DialogActions>
        <Button onClick={onClose}>{c('cancel')}</Button>
        <Button look="go" type="submit" disabled={sending}>
          {t('annex.add')}
        </Button>
      </DialogActions>
    </form>
  )
}

function nameOf(file: File | undefined): string {
  return file ? file.name.replace(/\.[^.]+$/, '').replaceAll('_', ' ') : ''
}
