'use client'

import { useLocale, useTranslations } from 'next-intl'
import { type FormEvent, useState } from 'react'
import { Button } from '@/components/ui/button.tsx'
import { Dialog, DialogActions } from '@/components/ui/dialog.tsx'
import { Field } from '@/components/ui/field.tsx'
import { useAnnounce } from '@/components/ui/live-region.tsx'
import { useToast } from '@/components/ui/toast.tsx'
import type { AgendaView } from '@/lib/agenda/schema.ts'
import { dispatch } from '@/lib/dispatch/actions.ts'
import type { ReadinessView } from '@/lib/dispatch/schema.ts'
import { formatWeekday } from '@/lib/i18n/dates.ts'
import { Changes } from './changes.tsx'
import styles from './dispatch.module.css'
import { Findings } from './findings.tsx'
import { LateReasons } from './late-reasons.tsx'

type DispatchDialogProps = {
  agenda: AgendaView
  readiness: ReadinessView
  onClose: () => void
  onGo: (itemId: string) => void
  onDone: () => void
}

/** What is ready and what is not before an agenda goes out, and the act itself: it can't be undone. */
export function DispatchDialog(props: DispatchDialogProps) {
  const t = useTranslations('dispatch')
  const { readiness, onClose } = props
  const { next } = readiness
  if (!next) return null
  return (
    <Dialog open size="wide" onClose={onClose} title={t(`title.${next.kind}`, { ordinal: next.ordinal })}>
      <DispatchForm {...props} next={next} />
    </Dialog>
  )
}

type FormProps = DispatchDialogProps & { next: NonNullable<ReadinessView['next']> }

function DispatchForm({ agenda, readiness, next, onClose, onGo, onDone }: FormProps) {
  const t = useTranslations('dispatch')
  const c = useTranslations('common')
  const e = useTranslations('errors')
  const announce = useAnnounce()
  const toast = useToast()
  const [reason, setReason] = useState('')
  const [failure, setFailure] = useState<string | null>(null)
  const [missing, setMissing] = useState(false)
  const [sending, setSending] = useState(false)
  const { findings, changes, late } = readiness
  const blocking = findings.filter(({ blocks }) => blocks)
  const warnings = findings.filter(({ blocks }) => !blocks)

  async function send(event: FormEvent) {
    event.preventDefault()
    setMissing(warnings.length > 0 && !reason.trim())
    if (warnings.length > 0 && !reason.trim()) return
    setSending(true)
    const seen = findings.map(({ key }) => key)
    const answer = await dispatch({ meetingId: agenda.meeting.id, reason, seen }).catch(
      () => ({ ok: false, code: 'store-unavailable' }) as const,
    )
    setSending(false)
    onDone()
    if (!answer.ok) return setFailure(e(answer.code))
    if (answer.value.outcome === 'stale') return setFailure(t('stale'))
    const text = t(`sent.${next.kind}`, { ordinal: next.ordinal })
    announce(text)
    toast({ text })
    onClose()
  }

  return (
    <form className={styles.form} noValidate onSubmit={send}>
      <Summary readiness={readiness} />
      {agenda.meeting.editionCount > 0 && next.kind === 'agenda' && changes.length > 0 && (
        <section className={styles.block} aria-labelledby="dispatch-changes">
          <h3 id="dispatch-changes">{t('changes', { count: changes.length })}</h3>
          <Changes changes={changes} />
        </section>
      )}
      {late.length > 0 && (
        <section className={styles.block} aria-labelledby="dispatch-late">
          <h3 id="dispatch-late">{t('late')}</h3>
          <LateReasons late={late} onDone={onDone} />
        </section>
      )}
      {blocking.length > 0 && (
        <section className={styles.block} data-tone="blocks" aria-labelledby="dispatch-blocks">
          <h3 id="dispatch-blocks">{t('blocks')}</h3>
          <Findings findings={blocking} onGo={onGo} />
        </section>
      )}
      {warnings.length > 0 && (
        <section className={styles.block} data-tone="warns" aria-labelledby="dispatch-warns">
          <h3 id="dispatch-warns">{t('warns')}</h3>
          <Findings findings={warnings} onGo={onGo} />
        </section>
      )}
      {warnings.length > 0 && blocking.length === 0 && (
        <Field label={t('reason')} hint={t('reasonHint')} error={missing ? e('reason-missing') : null}>
          {(given) => (
            <textarea
              {...given}
              rows={2}
              maxLength={2000}
              aria-required
              value={reason}
              onChange={(event) => setReason(event.target.value)}
            />
          )}
        </Field>
      )}
      {failure && (
        <p role="alert" className={styles.failure}>
          {failure}
        </p>
      )}
      <p className={styles.note}>{t(`what.${next.kind}`)}</p>
      <DialogActions>
        <Button onClick={onClose}>{c('cancel')}</Button>
        <Button look="go" type="submit" disabled={sending || blocking.length > 0} aria-busy={sending}>
          {sending ? t('sending') : t(warnings.length > 0 ? 'sendAnyway' : 'send')}
        </Button>
      </DialogActions>
    </form>
  )
}

function Summary({ readiness }: { readiness: ReadinessView }) {
  const t = useTranslations('dispatch')
  const locale = useLocale()
  const { approved, total, deadlines, findings } = readiness
  const { day, days } = deadlines.agenda
  return (
    <p className={styles.summary}>
      {findings.length === 0 ? t('allReady') : t('approvedOf', { approved, total })}{' '}
      {readiness.next?.ordinal === 1 && readiness.next.kind === 'agenda' && (
        <span data-late={days < 0 || undefined}>
          {t(days < 0 ? 'dayPassed' : 'day', { day: formatWeekday(`${day}T12:00:00Z`, locale) })}
        </span>
      )}
    </p>
  )
}
