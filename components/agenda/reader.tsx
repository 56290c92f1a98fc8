'use client'

import { useLocale, useTranslations } from 'next-intl'
import {
  type CSSProperties,
  lazy,
  type MouseEvent,
  Suspense,
  useCallback,
  useContext,
  useMemo,
  useRef,
  useState,
} from 'react'
import { ThreadsChangedContext } from '@/components/comments/changed.ts'
import type { Draft } from '@/components/comments/composer.tsx'
import { countByItem, filterThreads, noFilter, sumCounts } from '@/components/comments/thread-filter.ts'
import { EditionHead } from '@/components/dispatch/edition-head.tsx'
import { KeptLine } from '@/components/offline/later.ts'
import { KeptContext, useOffline } from '@/components/offline/use-offline.ts'
import { Button } from '@/components/ui/button.tsx'
import { Sheet } from '@/components/ui/sheet.tsx'
import { useSwipe } from '@/components/ui/use-swipe.ts'
import type { AgendaView } from '@/lib/agenda/schema.ts'
import type { ThreadsView } from '@/lib/comments/schema.ts'
import type { ItemReadings } from '@/lib/dispatch/schema.ts'
import { formatMeetingTime } from '@/lib/i18n/dates.ts'
import type { ShownAnnex } from './annex-file.ts'
import { ProseView } from './prose-view.tsx'
import styles from './reader.module.css'
import { nameOf, ReaderContents } from './reader-contents.tsx'
import { ReaderFoot } from './reader-foot.tsx'
import { ReaderItem } from './reader-item.tsx'
import { type ReadEdition, useLive } from './reader-live.ts'
import { usePlace, useTextSize } from './reader-memory.ts'
import { Notice, Resume } from './reader-notice.tsx'
import { draftId, highlightsOf } from './reader-threads.ts'
import { ReaderTop } from './reader-top.tsx'
import { showWords, useWide } from './reader-window.ts'
import { scrollToItem, useCurrentItem } from './use-current-item.ts'
import { useReadMarks } from './use-read-marks.ts'

// What is said of the text comes when the text stands: whoever only reads waits for none of it.
const ReaderActs = lazy(async () => ({ default: (await import('./reader-acts.tsx')).ReaderActs }))
const ReaderMargin = lazy(async () => ({ default: (await import('./reader-margin.tsx')).ReaderMargin }))
const FilterBar = lazy(async () => ({
  default: (await import('@/components/comments/filter-bar.tsx')).FilterBar,
}))
const ThreadPanel = lazy(async () => ({
  default: (await import('@/components/comments/thread-panel.tsx')).ThreadPanel,
}))
const AnnexPane = lazy(async () => ({ default: (await import('./annex-pane.tsx')).AnnexPane }))

type ReaderProps = {
  agenda: AgendaView
  threads: ThreadsView
  /** What is read of what was sent; null for the working text. */
  edition: ReadEdition | null
  /** Which words the reader has read before. */
  readings: ItemReadings
  now: string
}

/** The agenda as a book: read, commented on, and kept up to date while one reads. */
export function Reader(first: ReaderProps) {
  const t = useTranslations('comments.reader')
  const comments = useTranslations('comments')
  const locale = useLocale()
  const now = useMemo(() => new Date(first.now), [first.now])
  const copy = useContext(KeptContext)
  const { agenda, threads, edition, reach, refresh } = useLive({ ...first, isBehind: copy !== null })
  useOffline({ agenda, threads, isSent: edition !== null, reach })
  // Until the net is back the first agenda stands there, and it is the copy.
  const kept = agenda === first.agenda ? copy : null
  const items = useMemo(() => agenda.sections.flatMap((section) => section.items), [agenda])
  const current = useCurrentItem(items.map((item) => item.id))
  const wide = useWide()
  const page = useRef<HTMLElement>(null)
  const { size, step: resize } = useTextSize()
  const leftAt = usePlace(agenda.meeting.id, current)
  const arrived = useMemo(() => arrivedWith(edition), [edition])
  const { news, marks, toggle } = useReadMarks({
    meetingId: agenda.meeting.id,
    items,
    current,
    first: first.readings,
    arrived,
  })
  const [filter, setFilter] = useState(noFilter)
  const [annex, setAnnex] = useState<ShownAnnex | null>(null)
  const [activeId, setActiveId] = useState<string | null>(null)
  const [draft, setDraft] = useState<Draft | null>(null)
  const [open, setOpen] = useState<'contents' | 'threads' | null>(null)
  // The item the sheet speaks of, also when the page moves beneath it.
  const [held, setHeld] = useState<string | null>(null)
  const openThreads = useCallback((itemId: string | null) => {
    setHeld(itemId)
    setOpen('threads')
  }, [])
  const close = useCallback(() => setOpen(null), [])

  const mayComment = useCallback(
    (itemId: string) => items.some((item) => item.id === itemId && item.may.comment),
    [items],
  )
  const begin = useCallback(
    (started: Draft) => {
      setDraft(started)
      setActiveId(null)
      if (wide === false) openThreads(started.itemId)
    },
    [wide, openThreads],
  )
  const done = useCallback((one: Draft) => setDraft((now) => (now === one ? null : now)), [])
  const select = useCallback((threadId: string | null) => {
    setActiveId(threadId)
    if (threadId) showWords(threadId)
  }, [])

  const step = useCallback(
    (by: 1 | -1) => {
      const to = items[items.findIndex((item) => item.id === current) + by]
      if (to) scrollToItem(to.id)
    },
    [items, current],
  )
  const swipe = useSwipe(step)
  const counts = countByItem(threads.threads)
  const active = threads.threads.find((thread) => thread.id === activeId)
  const inView = items.find((item) => item.id === (draft?.itemId ?? active?.itemId ?? held))
  const ofItem = (itemId: string) => threads.threads.filter((thread) => thread.itemId === itemId)
  const shown = new Set(filterThreads(threads.threads, filter))
  const shownOf = (itemId: string) =>
    ofItem(itemId).filter((thread) => shown.has(thread) || thread.id === activeId)

  function onPress(event: MouseEvent) {
    const words =
      event.target instanceof Element ? event.target.closest<HTMLElement>('mark[data-threads]') : null
    const id = words?.dataset.threads?.split(' ').findLast((threadId) => threadId !== draftId)
    if (!id || !document.getSelection()?.isCollapsed) return
    setActiveId(id)
    if (wide === false) openThreads(current)
  }

  return (
    <ThreadsChangedContext value={() => refresh('threads')}>
      <div
        className={styles.reader}
        data-annex={annex ? true : undefined}
        style={{ '--text-size': size } as CSSProperties}
      >
        <ReaderTop
          agenda={agenda}
          size={size}
          onSize={resize}
          onContents={() => setOpen('contents')}
          threads={
            wide === false ? { count: sumCounts(counts.values()), onOpen: () => openThreads(current) } : null
          }
        />
        <Sheet
          side="start"
          open={open === 'contents'}
          onClose={close}
          closeLabel={t('close')}
          className={styles.side}
        >
          <ReaderContents agenda={agenda} current={current} marks={marks} counts={counts} onGo={close}>
            {wide && threads.threads.length > 0 && (
              <div className={styles.filter}>
                <Suspense>
                  <FilterBar threads={threads.threads} filter={filter} onFilter={setFilter} />
                </Suspense>
              </div>
            )}
          </ReaderContents>
        </Sheet>
        {/* biome-ignore lint/a11y/useKeyWithClickEvents: a short cut; the threads are reached by keyboard beside the text */}
        <main id="indhold" ref={page} className={styles.page} onClick={onPress} {...swipe}>
          <div className={styles.notes}>
            {kept && reach === 'connecting' ? (
              <Suspense>
                <KeptLine kept={kept} now={now} />
              </Suspense>
            ) : (
              <Notice reach={reach} />
            )}
            <Resume leftAt={leftAt} items={items} />
          </div>
          <div className={styles.front}>
            <h1>{agenda.body.name}</h1>
            <p>
              {formatMeetingTime(agenda.meeting.startsAt, locale)}
              {agenda.meeting.place && ` · ${agenda.meeting.place}`}
            </p>
          </div>
          {agenda.meeting.editionCount > 0 && (
            <EditionHead
              meetingId={agenda.meeting.id}
              edition={edition}
              maySeeDraft={agenda.may.openWorkspace}
            />
          )}
          <div className={styles.preface}>
            <ProseView prose={agenda.preface} headingLevel={2} />
          </div>
          {agenda.sections.length === 0 && (
            <p className={styles.empty}>{t(agenda.may.arrange ? 'emptyAgendaWriter' : 'emptyAgenda')}</p>
          )}
          {agenda.sections.map((section) => (
            <section key={section.id} id={`section-${section.id}`} className={styles.section}>
              <h2>
                {section.number}. {section.title}
              </h2>
              {section.items.map((item) => {
                const own = shownOf(item.id)
                const ownDraft = draft?.itemId === item.id ? draft : null
                return (
                  <ReaderItem
                    key={item.id}
                    item={item}
                    isSent={edition !== null}
                    news={news.get(item.id)}
                    mark={marks.get(item.id)}
                    onMark={toggle}
                    onAnnex={setAnnex}
                    highlights={(field) => highlightsOf(own, { field, activeId, draft: ownDraft })}
                    margin={
                      wide &&
                      !annex && (
                        <Suspense>
                          <ReaderMargin
                            meetingId={agenda.meeting.id}
                            threads={own}
                            scopes={threads.scopes}
                            mayAsk={threads.mayAsk}
                            activeId={activeId}
                            draft={ownDraft}
                            now={now}
                            onSelect={select}
                            onDone={done}
                          />
                        </Suspense>
                      )
                    }
                  />
                )
              })}
            </section>
          ))}
          {wide !== null && (
            <Suspense>
              <ReaderActs
                root={page}
                items={items}
                current={current}
                threads={threads.threads}
                mayComment={mayComment}
                begin={begin}
                onEscape={() => setActiveId(null)}
              />
            </Suspense>
          )}
        </main>
        <Suspense>
          {annex && <AnnexPane key={annex.id} annex={annex} onClose={() => setAnnex(null)} />}
        </Suspense>
        <ReaderFoot items={items} current={current} onStep={step} />
        {wide === false && (
          <Sheet
            side="end"
            open={open === 'threads'}
            onClose={close}
            closeLabel={t('close')}
            className={styles.threads}
          >
            <aside aria-label={comments('title')}>
              <div className={styles.sheetHead}>
                <b>{inView && `${inView.number} ${nameOf(inView, t)}`}</b>
                <Button look="quiet" onClick={close}>
                  {t('close')}
                </Button>
              </div>
              {open === 'threads' && (
                <Suspense>
                  <ThreadPanel
                    meetingId={agenda.meeting.id}
                    threads={inView ? ofItem(inView.id) : []}
                    filter={filter}
                    onFilter={setFilter}
                    scopes={threads.scopes}
                    mayAsk={threads.mayAsk}
                    item={inView ? { id: inView.id, mayComment: inView.may.comment } : null}
                    activeId={activeId}
                    onSelect={(threadId) => {
                      select(threadId)
                      if (threadId && !draft) close()
                    }}
                    draft={draft}
                    onDraft={begin}
                    onDone={done}
                  />
                </Suspense>
              )}
            </aside>
          </Sheet>
        )}
      </div>
    </ThreadsChangedContext>
  )
}

/** The items that what was sent last brought. */
function arrivedWith(edition: ReadEdition | null): ReadonlySet<string> {
  const arrived = (edition?.changes ?? []).filter(({ change }) => change === 'new')
  return new Set(arrived.map(({ itemId }) => itemId))
}
