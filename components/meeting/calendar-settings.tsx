'use client'

import { useLocale, useTranslations } from 'next-intl'
import { useRef, useState, useTransition } from 'react'
import { Button } from '@/components/ui/button.tsx'
import { Field } from '@/components/ui/field.tsx'
import { useToast } from '@/components/ui/toast.tsx'
import { formatDay } from '@/lib/i18n/dates.ts'
import { closeCalendar, openCalendar } from '@/lib/meeting/actions.ts'
import styles from './plan.module.css'

/** A person's own calendar address: make it, see it once, make another, take it away. */
export function CalendarSettings({ since: first }: { since: string | null }) {
  const t = useTranslations('meeting.calendar')
  const e = useTranslations('errors')
  const locale = useLocale()
  const toast = useToast()
  const [since, setSince] = useState(first)
  const [address, setAddress] = useState<string | null>(null)
  const [isBusy, startTransition] = useTransition()
  const shown = useRef<HTMLInputElement>(null)

  function open() {
    startTransition(async () => {
      const answer = await openCalendar({})
      if (!answer.ok) return toast({ text: e(answer.code) })
      setAddress(answer.value.address)
      setSince(answer.value.since)
    })
  }

  function close() {
    startTransition(async () => {
      const answer = await closeCalendar({})
      if (!answer.ok) return toast({ text: e(answer.code) })
      setAddress(null)
      setSince(null)
      toast({ text: t('closed') })
    })
  }

  async function copy(text: string) {
    try {
      await navigator.clipboard.writeText(text)
      toast({ text: t('copied') })
    } catch {
      // Without leave to write to the clipboard the address is marked, for the person to copy.
      shown.current?.select()
    }
  }

  return (
    <main id="indhold" className={styles.page}>
      <h1>{t('title')}</h1>
      <p className={styles.lead}>{t('lead')}</p>
      <p className={styles.lead}>{t('holds')}</p>
      {address && (
        <div className={styles.block}>
          <div className={styles.add}>
            <Field label={t('address')} hint={t('addressHint')}>
              {(given) => (
                <input
                  {...given}
                  ref={shown}
                  readOnly
                  value={address}
                  onFocus={(event) => event.target.select()}
                />
              )}
            </Field>
          </div>
          <div>
            <Button look="go" onClick={() => void copy(address)}>
              {t('copy')}
            </Button>
          </div>
        </div>
      )}
      {since && !address && <p>{t('since', { day: formatDay(since, locale) })}</p>}
      <div className={styles.ends}>
        <Button look={since ? 'plain' : 'go'} disabled={isBusy} onClick={open}>
          {since ? t('renew') : t('make')}
        </Button>
        {since && (
          <Button look="quiet" disabled={isBusy} onClick={close}>
            {t('close')}
          </Button>
        )}
        {since && <p className={styles.note}>{t('renewHint')}</p>}
      </div>
    </main>
  )
}
