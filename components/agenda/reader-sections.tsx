'use client'

import { lazy, Suspense } from 'react'
import type { AgendaView } from '@/lib/agenda/schema.ts'
import type { ThreadsView } from '@/lib/comments/schema.ts'
import type { ShownAnnex } from './annex-file.ts'
import styles from './reader.module.css'
import { ReaderItem } from './reader-item.tsx'
import { highlightsOf } from './reader-threads.ts'
import type { useReadMarks } from './use-read-marks.ts'
import type { useTalk } from './use-talk.ts'

const ReaderMargin = lazy(async () => ({ default: (await import('./reader-margin.tsx')).ReaderMargin }))

type SectionsProps = {
  agenda: AgendaView
  isSent: boolean
  reads: ReturnType<typeof useReadMarks>
  threads: ThreadsView
  talk: ReturnType<typeof useTalk>
  /** Is there room for the conversations beside the text? */
  hasMargin: boolean
  now: Date
  onAnnex: (annex: ShownAnnex) => void
}

/** The items, section by section, and the conversations of each in its margin. */
export function ReaderSections(props: SectionsProps) {
  const { agenda, isSent, reads, threads, talk, hasMargin, now, onAnnex } = props
  const { activeId } = talk
  return agenda.sections.map((section) => (
    <section key={section.id} id={`section-${section.id}`} className={styles.section}>
      <h2>
        {section.number}. {section.title}
      </h2>
      {section.items.map((item) => {
        const own = talk.shownOf(item.id)
        const draft = talk.draft?.itemId === item.id ? talk.draft : null
        return (
          <ReaderItem
            key={item.id}
            item={item}
            isSent={isSent}
            news={reads.news.get(item.id)}
            mark={reads.marks.get(item.id)}
            onMark={reads.toggle}
            onAnnex={onAnnex}
            highlights={(field) => highlightsOf(own, { field, activeId, draft })}
            margin={
              hasMargin && (
                <Suspense>
                  <ReaderMargin
                    meetingId={agenda.meeting.id}
                    threads={own}
                    scopes={threads.scopes}
                    mayAsk={threads.mayAsk}
                    activeId={activeId}
                    draft={draft}
                    now={now}
                    onSelect={talk.select}
                    onDone={talk.done}
                  />
                </Suspense>
              )
            }
          />
        )
      })}
    </section>
  ))
}
