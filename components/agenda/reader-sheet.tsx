'use client'

import { useTranslations } from 'next-intl'
import { ThreadPanel } from '@/components/comments/thread-panel.tsx'
import { Button } from '@/components/ui/button.tsx'
import { Sheet } from '@/components/ui/sheet.tsx'
import type { ThreadsView } from '@/lib/comments/schema.ts'
import styles from './reader.module.css'
import { nameOf } from './reader-contents.tsx'
import type { useTalk } from './use-talk.ts'

type SheetProps = { meetingId: string; threads: ThreadsView; talk: ReturnType<typeof useTalk> }

/** The conversations of one item over the page, where there is no room beside the text. */
export function ReaderSheet({ meetingId, threads, talk }: SheetProps) {
  const t = useTranslations('comments.reader')
  const comments = useTranslations('comments')
  const { inSheet: item, draft, open, close } = talk
  return (
    <Sheet
      side="end"
      open={open === 'threads'}
      onClose={close}
      closeLabel={t('close')}
      className={styles.threads}
    >
      <aside aria-label={comments('title')}>
        <div className={styles.sheetHead}>
          <b>{item && `${item.number} ${nameOf(item, t)}`}</b>
          <Button look="quiet" onClick={close}>
            {t('close')}
          </Button>
        </div>
        {open === 'threads' && (
          <ThreadPanel
            meetingId={meetingId}
            threads={item ? threads.threads.filter((thread) => thread.itemId === item.id) : []}
            filter={talk.filter}
            onFilter={talk.setFilter}
            scopes={threads.scopes}
            mayAsk={threads.mayAsk}
            item={item ? { id: item.id, mayComment: item.may.comment } : null}
            activeId={talk.activeId}
            onSelect={(threadId) => {
              talk.select(threadId)
              if (threadId && !draft) close()
            }}
            draft={draft}
            onDraft={talk.begin}
            onDone={talk.done}
          />
        )}
      </aside>
    </Sheet>
  )
}
