'use client'

import { useTranslations } from 'next-intl'
import { lazy, Suspense, useCallback, useEffect, useMemo, useState } from 'react'
import { ThreadsChangedContext } from '@/components/comments/changed.ts'
import type { Draft } from '@/components/comments/composer.tsx'
import { countByItem } from '@/components/comments/thread-filter.ts'
import { useReadiness } from '@/components/dispatch/use-readiness.ts'
import { AccountMenu } from '@/components/identity/account-menu.tsx'
import { Sheet } from '@/components/ui/sheet.tsx'
import type { TextSelection } from '@/lib/comments/schema.ts'
import type { ReadinessView } from '@/lib/dispatch/schema.ts'
import { calendarDay } from '@/lib/i18n/dates.ts'
import type { Role } from '@/lib/identity/rules.ts'
import { AgendaDocument } from './agenda-document.tsx'
import { itemsOf } from './arrangement.ts'
import './editor.css'
import { OpenItems } from './open-items.ts'
import { Outline } from './outline.tsx'
import { RefusedNotice } from './refused-notice.tsx'
import { type Panel, SidePanel } from './side-panel.tsx'
import { TopBar } from './top-bar.tsx'
import { ActsProvider, useWorkspaceActs } from './use-acts.ts'
import { useAnnouncements } from './use-announcements.ts'
import { scrollToItem, useCurrentItem } from './use-current-item.ts'
import { useMeeting } from './use-meeting.ts'
import { useNow } from './use-now.ts'
import { usePanels } from './use-panels.ts'
import { useRegions } from './use-regions.ts'
import { useShortcutKey } from './use-shortcut-key.ts'
import { useWorkspace, type Views } from './use-workspace.ts'
import styles from './workspace.module.css'

const DispatchTools = lazy(async () => ({
  default: (await import('@/components/dispatch/dispatch-tools.tsx')).DispatchTools,
}))
const RevisionNotice = lazy(async () => ({
  default: (await import('@/components/dispatch/revision-notice.tsx')).RevisionNotice,
}))
const ShortcutsDialog = lazy(async () => ({
  default: (await import('./shortcuts-dialog.tsx')).ShortcutsDialog,
}))

type Me = { userId: string; name: string; initials: string; role: Role | null; isDemo: boolean }

export type WorkspaceProps = Views & { me: Me; now: string; readiness: ReadinessView }

/** The agenda workspace: outline, the agenda as one page, and what belongs to the item in view. */
export function Workspace({
  agenda: first,
  approvals: a,
  threads: th,
  me,
  now,
  readiness: r,
}: WorkspaceProps) {
  const t = useTranslations('agenda')
  const { agenda, approvals, threads, refused, refresh, refreshAll, onRoomRefused, perform } = useWorkspace({
    agenda: first,
    approvals: a,
    threads: th,
  })
  const [items] = useState(() => new OpenItems(me.userId))
  useEffect(() => () => items.closeAll(), [items])
  const acts = useWorkspaceActs({ agenda, perform, refreshAll })
  const all = useMemo(() => itemsOf(agenda), [agenda])
  const counts = useMemo(() => countByItem(threads.threads), [threads])
  const current = useCurrentItem(all.map((item) => item.id))
  const present = useMeeting({
    meetingId: agenda.meeting.id,
    readAt: now,
    userId: me.userId,
    item: current,
    onChanged: (topic) => void refresh(topic),
    onReconnected: refreshAll,
    onRefused: onRoomRefused,
  })
  useAnnouncements(agenda, approvals, present)

  const [newItem, setNewItem] = useState<string | null>(null)
  const [panel, setPanel] = useState<Panel>('comments')
  const [activeThread, setActiveThread] = useState<string | null>(null)
  const [draft, setDraft] = useState<Draft | null>(null)
  const [shortcuts, setShortcuts] = useState(false)
  const panels = usePanels()
  const { openPanel } = panels
  useShortcutKey('?', () => setShortcuts(true))
  useRegions({ current, openPanel })

  const showThread = useCallback(
    (threadId: string) => {
      setActiveThread(threadId)
      setPanel('comments')
      openPanel()
    },
    [openPanel],
  )
  const startComment = useCallback(
    (itemId: string, selection: TextSelection) => {
      setDraft({ itemId, selection })
      setPanel('comments')
      openPanel()
    },
    [openPanel],
  )
  // The new item comes with the agenda that is read again, so it may not be on the page yet when its id is known.
  const isNewHere = all.some((item) => item.id === newItem)
  useEffect(() => {
    if (newItem && isNewHere) scrollToItem(newItem)
  }, [newItem, isNewHere])

  const time = useNow(now)
  const readiness = useReadiness(r, agenda.meeting.id, agenda, approvals, calendarDay(time))
  const go = (itemId: string) => {
    panels.closeOutline()
    scrollToItem(itemId)
  }
  const currentItem = all.find((item) => item.id === current) ?? null
  return (
    <ActsProvider value={acts}>
      <ThreadsChangedContext value={() => void refresh('threads')}>
        <TopBar
          agenda={agenda}
          present={present}
          items={items}
          current={currentItem}
          outlineOpen={panels.outline}
          panelOpen={panels.panel}
          onOutline={panels.toggleOutline}
          onPanel={panels.togglePanel}
          onShortcuts={() => setShortcuts(true)}
          account={<AccountMenu {...me} />}
          dispatch={
            <Suspense>
              <DispatchTools
                agenda={agenda}
                readiness={readiness}
                waits={all.some((item) => item.may.submit && item.submittedAt === null)}
                onGo={go}
                onDone={refreshAll}
              />
            </Suspense>
          }
        />
        {refused && <RefusedNotice />}
        <div className={styles.desk} data-panel={panels.column}>
          <Sheet
            side="start"
            className={styles.outline}
            open={panels.outline}
            onClose={panels.closeOutline}
            closeLabel={t('outline.close')}
          >
            <Outline
              agenda={agenda}
              approvals={approvals}
              counts={counts}
              present={present}
              items={items}
              current={current}
              now={time}
              readiness={readiness}
              onNew={setNewItem}
              onGo={go}
            />
          </Sheet>
          <AgendaDocument
            agenda={agenda}
            changes={readiness.changes}
            notice={
              agenda.meeting.editionCount > 0 && (
                <Suspense>
                  <RevisionNotice agenda={agenda} readiness={readiness} onDone={refreshAll} />
                </Suspense>
              )
            }
            approvals={approvals}
            threads={threads}
            items={items}
            newItem={newItem}
            activeThread={activeThread}
            onNew={setNewItem}
            onThread={showThread}
            onComment={startComment}
          />
          <Sheet
            side="end"
            className={styles.side}
            open={panels.panelSheet}
            onClose={panels.closePanel}
            closeLabel={t('panel.close')}
          >
            <SidePanel
              agenda={agenda}
              approvals={approvals}
              threads={threads}
              item={currentItem}
              activeThread={activeThread}
              draft={draft}
              onDraft={setDraft}
              onDraftDone={(one) => setDraft((now) => (now === one ? null : now))}
              onThread={setActiveThread}
              panel={panel}
              onPanel={setPanel}
              onClose={panels.closePanel}
            />
          </Sheet>
        </div>
        <Suspense>{shortcuts && <ShortcutsDialog open onClose={() => setShortcuts(false)} />}</Suspense>
      </ThreadsChangedContext>
    </ActsProvider>
  )
}
