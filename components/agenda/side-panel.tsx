'use client'

import { useTranslations } from 'next-intl'
import { lazy, Suspense, useRef, useState } from 'react'
import type { Draft } from '@/components/comments/composer.tsx'
import { ThreadCountMark } from '@/components/comments/thread-count-mark.tsx'
import { countByItem, noFilter } from '@/components/comments/thread-filter.ts'
import { ThreadPanel } from '@/components/comments/thread-panel.tsx'
import { Button } from '@/components/ui/button.tsx'
import { Icon } from '@/components/ui/icon.tsx'
import { Tabs } from '@/components/ui/tabs.tsx'
import type { AgendaView, ItemView } from '@/lib/agenda/schema.ts'
import type { ApprovalsView, ItemApprovals } from '@/lib/approval/schema.ts'
import type { ThreadsView } from '@/lib/comments/schema.ts'
import styles from './side-panel.module.css'
import { useActs } from './use-acts.ts'
import { useLevelThreads } from './use-level-threads.ts'

// Fetched when their tab is first opened: most who write never open them.
const ApprovalPanel = lazy(async () => ({
  default: (await import('@/components/approval/approval-panel.tsx')).ApprovalPanel,
}))
const HistoryPanel = lazy(async () => ({
  default: (await import('@/components/approval/history-panel.tsx')).HistoryPanel,
}))

export type Panel = 'comments' | 'approval' | 'history'

type SidePanelProps = {
  agenda: AgendaView
  approvals: ApprovalsView
  threads: ThreadsView
  item: ItemView | null
  activeThread: string | null
  draft: Draft | null
  onDraft: (draft: Draft) => void
  onDraftDone: (draft: Draft) => void
  onThread: (threadId: string | null) => void
  panel: Panel
  onPanel: (panel: Panel) => void
  onClose: () => void
}

/** Comments, approval and history of the item in view. */
export function SidePanel(props: SidePanelProps) {
  const { threads, item, activeThread, draft, onDraft, onDraftDone, onThread, panel, onPanel, onClose } =
    props
  const t = useTranslations('agenda')
  const root = useRef<HTMLElement>(null)
  useLevelThreads(root)
  // A comment under way keeps its item, also when the page scrolls on.
  const draftItem = draft ? itemById(props.agenda, draft.itemId) : null
  const shown = draftItem ?? item
  const ours = threads.threads.filter((thread) => thread.itemId === shown?.id)
  const [filter, setFilter] = useState(noFilter)
  const count = shown ? countByItem(ours).get(shown.id) : undefined
  return (
    <aside ref={root} className={styles.panel} data-region="panel" aria-label={t('panel.label')}>
      <Tabs
        label={t('panel.label')}
        selected={panel}
        onSelect={onPanel}
        tabs={[
          { id: 'comments', label: t('panel.comments'), count: count && <ThreadCountMark {...count} /> },
          { id: 'approval', label: t('panel.approval') },
          { id: 'history', label: t('panel.history') },
        ]}
        after={
          <Button look="icon" className={styles.close} aria-label={t('panel.close')} onClick={onClose}>
            <Icon name="close" size={14} />
          </Button>
        }
      >
        {shown && panel !== 'approval' && (
          <p className={styles.item}>
            {shown.number} {shown.title || t('item.untitled')}
          </p>
        )}
        {panel === 'comments' && (
          <ThreadPanel
            meetingId={props.agenda.meeting.id}
            threads={ours}
            filter={filter}
            onFilter={setFilter}
            scopes={threads.scopes}
            mayAsk={threads.mayAsk}
            item={shown && { id: shown.id, mayComment: shown.may.comment }}
            activeId={activeThread}
            onSelect={onThread}
            draft={draft}
            onDraft={onDraft}
            onDone={onDraftDone}
          />
        )}
        <Suspense>
          {panel === 'approval' && <Approval {...props} item={shown} />}
          {panel === 'history' && shown && (
            <HistoryPanel
              key={shown.id}
              itemId={shown.id}
              version={JSON.stringify(ofItem(props.approvals, shown))}
            />
          )}
        </Suspense>
      </Tabs>
    </aside>
  )
}

function ofItem(approvals: ApprovalsView, item: ItemView): ItemApprovals | null {
  return approvals.items.find((one) => one.itemId === item.id) ?? null
}

function Approval({ item, approvals, agenda }: SidePanelProps) {
  const acts = useActs()
  if (!item) return null
  return (
    <ApprovalPanel
      key={item.id}
      item={item}
      approvals={ofItem(approvals, item)}
      meetingId={agenda.meeting.id}
      rule={approvals.rule}
      standInUntil={approvals.standInUntil}
      onSubmit={(itemId) => acts.submit([itemId])}
    />
  )
}

function itemById(agenda: AgendaView, itemId: string): ItemView | null {
  return agenda.sections.flatMap((section) => section.items).find((item) => item.id === itemId) ?? null
}
