'use client'

import { useLocale, useTranslations } from 'next-intl'
import { type FormEvent, useEffect, useState } from 'react'
import { Button } from '@/components/ui/button.tsx'
import { Dialog, DialogActions } from '@/components/ui/dialog.tsx'
import { Field } from '@/components/ui/field.tsx'
import { useToast } from '@/components/ui/toast.tsx'
import { copyItem, transferItem, transferTargets } from '@/lib/agenda/actions.ts'
import type { ItemView, TransferTarget } from '@/lib/agenda/schema.ts'
import { formatMeetingTime } from '@/lib/i18n/dates.ts'

type TransferDialogProps = { item: ItemView; onClose: () => void }

/** Moves an item to another meeting of the body, or copies it there. */
export function TransferDialog({ item, onClose }: TransferDialogProps) {
  const t = useTranslations('agenda.transfer')
  const c = useTranslations('common')
  const e = useTranslations('errors')
  const locale = useLocale()
  const toast = useToast()
  const [targets, setTargets] = useState<TransferTarget[] | null>(null)
  const [meetingId, setMeetingId] = useState('')
  const [sectionId, setSectionId] = useState('')
  const [how, setHow] = useState<'move' | 'copy'>(item.frozenNumber === null ? 'move' : 'copy')
  const [failure, setFailure] = useState<string | null>(null)
  const [sending, setSending] = useState(false)
  const meeting = targets?.find((one) => one.meetingId === meetingId) ?? targets?.[0]
  const section = meeting?.sections.find(({ id }) => id === sectionId) ?? meeting?.sections[0]

  useEffect(() => {
    let isHere = true
    void transferTargets({ itemId: item.id }).then((answer) => {
      if (!isHere) return
      if (answer.ok) setTargets(answer.value)
      else setFailure(e(answer.code))
    })
    return () => {
      isHere = false
    }
  }, [item.id, e])

  async function send(event: FormEvent) {
    event.preventDefault()
    if (!section || !meeting) return
    setSending(true)
    const perform = how === 'move' ? transferItem : copyItem
    const answer = await perform({ itemId: item.id, sectionId: section.id })
    setSending(false)
    if (!answer.ok) return setFailure(e(answer.code))
    onClose()
    toast({
      text: t(how === 'move' ? 'moved' : 'copied', { when: formatMeetingTime(meeting.startsAt, locale) }),
      act: { label: t('go'), perform: () => window.location.assign(`/moeder/${meeting.meetingId}`) },
    })
  }

  return (
    <Dialog open onClose={onClose} title={t('title', { number: item.number })}>
      <form onSubmit={send} style={{ display: 'grid', gap: 16 }}>
        {targets?.length === 0 && <p>{t('none')}</p>}
        {targets && targets.length > 0 && (
          <>
            <Field label={t('how')} hint={t(how === 'move' ? 'moveHint' : 'copyHint')}>
              {(given) => (
                <select
                  {...given}
                  value={how}
                  onChange={(event) => setHow(event.target.value === 'copy' ? 'copy' : 'move')}
                >
                  <option value="move" disabled={item.frozenNumber !== null}>
                    {t('move')}
                  </option>
                  <option value="copy">{t('copy')}</option>
                </select>
              )}
            </Field>
            <Field label={t('meeting')}>
              {(given) => (
                <select
                  {...given}
                  value={meeting?.meetingId}
                  onChange={(event) => setMeetingId(event.target.value)}
                >
                  {targets.map((target) => (
                    <option key={target.meetingId} value={target.meetingId}>
                      {formatMeetingTime(target.startsAt, locale)}, {target.place}
                    </option>
                  ))}
                </select>
              )}
            </Field>
            <Field label={t('section')}>
              {(given) => (
                <select {...given} value={section?.id} onChange={(event) => setSectionId(event.target.value)}>
                  {meeting?.sections.map(({ id, title }) => (
                    <option key={id} value={id}>
                      {title}
                    </option>
                  ))}
                </select>
              )}
            </Field>
          </>
        )}
        {failure && <p role="alert">{failure}</p>}
        <DialogActions>
          <Button onClick={onClose}>{c('cancel')}</Button>
          <Button look="go" type="submit" disabled={sending || !section}>
            {t(how)}
          </Button>
        </DialogActions>
      </form>
    </Dialog>
  )
}
