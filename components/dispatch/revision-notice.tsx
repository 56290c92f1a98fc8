'use client'

import { useTranslations } from 'next-intl'
import { Button } from '@/components/ui/button.tsx'
import { useToast } from '@/components/ui/toast.tsx'
import type { AgendaView } from '@/lib/agenda/schema.ts'
import { endRevision } from '@/lib/dispatch/actions.ts'
import type { ReadinessView } from '@/lib/dispatch/schema.ts'
import styles from './dispatch.module.css'

type RevisionNoticeProps = { agenda: AgendaView; readiness: ReadinessView; onDone: () => void }

/** Says that a sent agenda is being written on, and what members read meanwhile. */
export function RevisionNotice({ agenda, readiness, onDone }: RevisionNoticeProps) {
  const t = useTranslations('dispatch')
  const e = useTranslations('errors')
  const toast = useToast()
  const { meeting } = agenda
  if (meeting.editionCount === 0) return null
  if (!readiness.next) {
    return (
      <p className={styles.notice}>
        <span>
          {t('frozen')} <a href={`/moeder/${meeting.id}/laes`}>{t('readSent')}</a>
        </span>
      </p>
    )
  }
  const isEmpty = meeting.revision === 'edition' ? readiness.changes.length === 0 : readiness.total === 0

  async function stop() {
    const answer = await endRevision({ meetingId: meeting.id })
    if (!answer.ok) toast({ text: e(answer.code) })
    onDone()
  }

  return (
    <p className={styles.notice}>
      <span>
        {t(`revising.${readiness.next.kind}`, { ordinal: readiness.next.ordinal })}{' '}
        <a href={`/moeder/${meeting.id}/laes`}>{t('readSent')}</a>
      </span>
      {readiness.may.dispatch && isEmpty && (
        <Button look="quiet" onClick={() => void stop()}>
          {t('stop')}
        </Button>
      )}
    </p>
  )
}
