'use client'

import { useLocale, useTranslations } from 'next-intl'
import { type CSSProperties, lazy, Suspense, useCallback, useContext, useMemo, useRef, useState } from 'react'
import { ThreadsChangedContext } from '@/components/comments/changed.ts'
import { countByItem, sumCounts } from '@/components/comments/thread-filter.ts'
import { EditionHead } from '@/components/dispatch/edition-head.tsx'
import { KeptLine } from '@/components/offline/later.ts'
import { KeptContext, useOffline } from '@/components/offline/use-offline.ts'
import { Sheet } from '@/components/ui/sheet.tsx'
import { useSwipe } from '@/components/ui/use-swipe.ts'
import type { AgendaView } from '@/lib/agenda/schema.ts'
import type { ThreadsView } from '@/lib/comments/schema.ts'
import type { ItemReadings } from '@/lib/dispatch/schema.ts'
import { formatMeetingTime } from '@/lib/i18n/dates.ts'
import type { ShownAnnex } from './annex-file.ts'
import { ProseView } from './prose-view.tsx'
import styles from './reader.module.css'
import { ReaderContents } from './reader-contents.tsx'
import { ReaderFoot } from './reader-foot.tsx'
import { type ReadEdition, useLive } from './reader-live.ts'
import { usePlace, useTextSize } from './reader-memory.ts'
import { Notice, Resume } from './reader-notice.tsx'
import { ReaderSections } from './reader-sections.tsx'
import { ReaderTop } from './reader-top.tsx'
import { scrollToItem, useCurrentItem } from './use-current-item.ts'
import { useReadMarks } from './use-read-marks.ts'
import { useTalk } from './use-talk.ts'

// What is said of the text comes when the text stands: whoever only reads waits for none of it.
const ReaderActs = lazy(async () => ({ default: (await import('./reader-acts.tsx')).ReaderActs }))
const ReaderSheet = lazy(async () => ({ default: (await import('./reader-sheet.tsx')).ReaderSheet }))
const FilterBar = lazy(async () => ({
  default: (await import('@/components/comments/filter-bar.tsx')).FilterBar,
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
  const locale = useLocale()
  const now = useMemo(() => new Date(first.now), [first.now])
  const copy = useContext(KeptContext)
  const { agenda, threads, edition, reach, refresh } = useLive({ ...first, isBehind: copy !== null })
  useOffline({ agenda, threads, isSent: edition !== null, reach })
  // Until the net is back the first agenda stands there, and it is the copy.
  const kept = agenda === first.agenda ? copy : null
  const items = useMemo(() => agenda.sections.flatMap((section) => section.items), [agenda])
  const current = useCurrentItem(items.map((item) => item.id))
  const page = useRef<HTMLElement>(null)
  const { size, step: resize } = useTextSize()
  const leftAt = usePlace(agenda.meeting.id, current)
  const arrived = useMemo(() => arrivedWith(edition), [edition])
  const reads = useReadMarks({
    meetingId: agenda.meeting.id,
    items,
    current,
    first: first.readings,
    arrived,
  })
  const [annex, setAnnex] = useState<ShownAnnex | null>(null)
  const talk = useTalk({ threads: threads.threads, items, current })
  const { wide, close } = talk

  const mayComment = useCallback(
    (itemId: string) => items.some((item) => item.id === itemId && item.may.comment),
    [items],
  )
  const step = useCallback(
    (by: 1 | -1) => {
      const to = items[items.findIndex((item) => item.id === current) + by]
      if (to) scrollToItem(to.id)
    },
    [items, current],
  )
  const swipe = useSwipe(step)
  const counts = countByItem(threads.threads)

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
          onContents={talk.openContents}
          threads={wide === false ? { count: sumCounts(counts.values()), onOpen: talk.openThreads } : null}
        />
        <Sheet
          side="start"
          open={talk.open === 'contents'}
          onClose={close}
          closeLabel={t('close')}
          className={styles.side}
        >
          <ReaderContents agenda={agenda} current={current} marks={reads.marks} counts={counts} onGo={close}>
            {wide && threads.threads.length > 0 && (
              <div className={styles.filter}>
                <Suspense>
                  <FilterBar threads={threads.threads} filter={talk.filter} onFilter={talk.setFilter} />
                </Suspense>
              </div>
            )}
          </ReaderContents>
        </Sheet>
        {/* biome-ignore lint/a11y/useKeyWithClickEvents: a short cut; the threads are reached by keyboard beside the text */}
        <main id="indhold" ref={page} className={styles.page} onClick={talk.onPress} {...swipe}>
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
          <ReaderSections
            agenda={agenda}
            isSent={edition !== null}
            reads={reads}
            threads={threads}
            talk={talk}
            hasMargin={wide === true && !annex}
            now={now}
            onAnnex={setAnnex}
          />
          {wide !== null && (
            <Suspense>
              <ReaderActs
                root={page}
                items={items}
                current={current}
                threads={threads.threads}
                mayComment={mayComment}
                begin={talk.begin}
                onEscape={() => talk.select(null)}
              />
            </Suspense>
          )}
        </main>
        <Suspense>
          {annex && <AnnexPane key={annex.id} annex={annex} onClose={() => setAnnex(null)} />}
        </Suspense>
        <ReaderFoot items={items} current={current} onStep={step} />
        {wide === false && (
          <Suspense>
            <ReaderSheet meetingId={agenda.meeting.id} threads={threads} talk={talk} />
          </Suspense>
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
