'use client'

import { useTranslations } from 'next-intl'
import { lazy, Suspense, useState } from 'react'
import { Button } from '@/components/ui/button.tsx'
import { Icon } from '@/components/ui/icon.tsx'
import { Menu } from '@/components/ui/menu.tsx'
import { useToast } from '@/components/ui/toast.tsx'
import type { AgendaView } from '@/lib/agenda/schema.ts'
import { startRevision } from '@/lib/dispatch/actions.ts'
import type { ReadinessView } from '@/lib/dispatch/schema.ts'

const DispatchDialog = lazy(async () => ({ default: (await import('./dispatch-dialog.tsx')).DispatchDialog }))

type DispatchToolsProps = {
  agenda: AgendaView
  readiness: ReadinessView
  /** Is there something else to do first? */
  waits: boolean
  onGo: (itemId: string) => void
  onDone: () => void
}

/** The act that is next once the items are approved: to send out; and after that, to correct or to add. */
export function DispatchTools({ agenda, readiness, waits, onGo, onDone }: DispatchToolsProps) {
  const t = useTranslations('dispatch')
  const e = useTranslations('errors')
  const toast = useToast()
  const [open, setOpen] = useState(false)
  const { meeting } = agenda
  if (!readiness.may.dispatch) return null

  async function start(revision: 'edition' | 'supplement') {
    const answer = await startRevision({ meetingId: meeting.id, revision })
    if (!answer.ok) toast({ text: e(answer.code) })
    onDone()
  }

  if (!readiness.next) {
    if (meeting.state !== 'dispatched') return null
    return (
      <Menu
        label={t('goOn')}
        button={
          <>
            {t('goOn')}
            <Icon name="down" size={14} />
          </>
        }
        items={[
          {
            id: 'edition',
            label: t('revise'),
            hint: t('reviseHint'),
            onSelect: () => void start('edition'),
          },
          {
            id: 'supplement',
            label: t('supplement'),
            hint: t('supplementHint'),
            onSelect: () => void start('supplement'),
          },
        ]}
      />
    )
  }
  return (
    <>
      <Button look={waits ? 'plain' : 'go'} onClick={() => setOpen(true)}>
        {t(`act.${readiness.next.kind}`)}
      </Button>
      <Suspense>
        {open && (
          <DispatchDialog
            agenda={agenda}
            readiness={readiness}
            onClose={() => setOpen(false)}
            onGo={(itemId) => {
              setOpen(false)
              onGo(itemId)
            }}
            onDone={onDone}
          />
        )}
      </Suspense>
    </>
  )
}
