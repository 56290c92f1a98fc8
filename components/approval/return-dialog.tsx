import { useTranslations } from 'next-intl'
import { useState } from 'react'
import { Button } from '@/components/ui/button.tsx'
import { Dialog } from '@/components/ui/dialog.tsx'
import { Field } from '@/components/ui/field.tsx'
import { FailureLine } from './failure-line.tsx'
import styles from './review.module.css'
import type { Failure } from './use-verdict.ts'

type ReturnDialogProps = {
  open: boolean
  number: string
  /** The words the reason is about, when some were selected. */
  quote: string | null
  pending: boolean
  failure: Failure | null
  onClose: () => void
  onReturn: (reason: string) => Promise<boolean>
}

/** Asks for the reason of a return. What is typed stays when the dialog is closed or the server says no. */
export function ReturnDialog({
  open,
  number,
  quote,
  pending,
  failure,
  onClose,
  onReturn,
}: ReturnDialogProps) {
  const t = useTranslations('approval')
  const errors = useTranslations('errors')
  const [reason, setReason] = useState('')
  const [missing, setMissing] = useState(false)

  async function send() {
    setMissing(!reason.trim())
    if (!reason.trim()) return
    if (await onReturn(reason.trim())) onClose()
  }

  return (
    <Dialog open={open} onClose={onClose} title={t('return.title', { number })}>
      <form
        className={styles.returnForm}
        noValidate
        onSubmit={(event) => {
          event.preventDefault()
          void send()
        }}
      >
        {quote && <q className={styles.quote}>{quote}</q>}
        <Field
          label={t('return.reason')}
          hint={t(quote ? 'return.hintQuote' : 'return.hint')}
          error={missing ? errors('reason-missing') : null}
        >
          {(given) => (
            <textarea
              {...given}
              rows={5}
              maxLength={2000}
              aria-required
              value={reason}
              onChange={(event) => setReason(event.target.value)}
            />
          )}
        </Field>
        {!missing && <FailureLine failure={failure} />}
        <div className={styles.acts}>
          <Button className={styles.act} onClick={onClose}>
            {t('return.cancel')}
          </Button>
          <Button type="submit" look="go" className={`${styles.act} ${styles.returnAct}`} disabled={pending}>
            {pending ? t('return.pending') : t('return.act')}
          </Button>
        </div>
      </form>
    </Dialog>
  )
}
