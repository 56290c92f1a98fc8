'use client'

import Link from 'next/link'
import { useLocale, useTranslations } from 'next-intl'
import { lazy, type ReactNode, Suspense } from 'react'
import { Stepper } from '@/components/meeting/stepper.tsx'
import { AvatarRow } from '@/components/ui/avatar.tsx'
import { Button, buttonClass } from '@/components/ui/button.tsx'
import { Icon } from '@/components/ui/icon.tsx'
import type { AgendaView, ItemView } from '@/lib/agenda/schema.ts'
import { formatMeetingTime } from '@/lib/i18n/dates.ts'
import { stageOf } from '@/lib/meeting/rules.ts'
import { itemsOf } from './arrangement.ts'
import type { OpenItems } from './open-items.ts'
import { SavePill } from './save-pill.tsx'
import { SendMenu } from './send-menu.tsx'
import styles from './top-bar.module.css'
import type { Present } from './use-meeting.ts'

const NoticeBell = lazy(async () => ({
  default: (await import('@/components/notices/notice-bell.tsx')).NoticeBell,
}))

type TopBarProps = {
  agenda: AgendaView
  present: Present[]
  items: OpenItems
  current: ItemView | null
  outlineOpen: boolean
  panelOpen: boolean
  onOutline: () => void
  onPanel: () => void
  onShortcuts: () => void
  account: ReactNode
  /** What sends the agenda out. */
  dispatch: ReactNode
}

/** Where one is, how far the meeting has come, who is here, what is safe, and what is next. */
export function TopBar(props: TopBarProps) {
  const {
    agenda,
    present,
    items,
    current,
    outlineOpen,
    panelOpen,
    onOutline,
    onPanel,
    onShortcuts,
    account,
    dispatch,
  } = props
  const t = useTranslations('agenda')
  const locale = useLocale()
  const { meeting, body } = agenda
  const all = itemsOf(agenda)
  const drafts = all.filter((item) => item.may.submit && item.submittedAt === null)
  const stage = stageOf({ state: meeting.state, anySubmitted: all.some((item) => item.submittedAt !== null) })
  const writes = all.some((item) => item.may.write)
  return (
    <header className={`stays ${styles.bar}`}>
      <div className={styles.start}>
        <span className={styles.narrow}>
          <Toggle label={t('outline.label')} open={outlineOpen} onToggle={onOutline}>
            <Icon name="list" />
          </Toggle>
        </span>
        <Link href="/" className={styles.body} title={t('top.home')}>
          {body.name}
        </Link>
        <Link href={`/moeder/${meeting.id}/plan`} className={styles.where} title={t('top.plan')}>
          {formatMeetingTime(meeting.startsAt, locale)} · {meeting.place}
        </Link>
      </div>
      <div className={styles.steps}>
        <Stepper stage={stage} />
      </div>
      <div className={styles.end}>
        <div className={styles.save}>
          {writes && <SavePill items={items} />}
          <AvatarRow label={t('top.present')} people={present} />
        </div>
        <SendMenu drafts={drafts} current={current} />
        {dispatch}
        {agenda.may.approve && (
          <Link href={`/moeder/${meeting.id}/godkend`} className={buttonClass('go')}>
            {t('top.approve')}
          </Link>
        )}
        <div className={styles.tools}>
          <Button
            look="icon"
            aria-label={t('shortcuts.title')}
            title={`${t('shortcuts.title')} (?)`}
            onClick={onShortcuts}
          >
            <Icon name="keys" />
          </Button>
          {agenda.may.dispatch && (
            <Link
              href={`/moeder/${meeting.id}/kommentarer`}
              className={buttonClass('icon')}
              aria-label={t('top.comments')}
              title={t('top.comments')}
            >
              <Icon name="comment" />
            </Link>
          )}
          <Toggle label={t('panel.label')} open={panelOpen} onToggle={onPanel}>
            <Icon name="panel" />
          </Toggle>
          <Suspense>
            <NoticeBell />
          </Suspense>
          {account}
        </div>
      </div>
    </header>
  )
}

type ToggleProps = { label: string; open: boolean; onToggle: () => void; children: ReactNode }

function Toggle({ label, open, onToggle, children }: ToggleProps) {
  return (
    <Button look="icon" aria-label={label} aria-expanded={open} title={label} onClick={onToggle}>
      {children}
    </Button>
  )
}
