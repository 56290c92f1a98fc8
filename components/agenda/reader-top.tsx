'use client'

import { useLocale, useTranslations } from 'next-intl'
import { ThreadCountMark } from '@/components/comments/thread-count-mark.tsx'
import type { ThreadCount } from '@/components/comments/thread-filter.ts'
import { Button, buttonClass } from '@/components/ui/button.tsx'
import { Icon } from '@/components/ui/icon.tsx'
import type { AgendaView } from '@/lib/agenda/schema.ts'
import { formatDay } from '@/lib/i18n/dates.ts'
import styles from './reader.module.css'
import { type TextSize, textSizes } from './reader-memory.ts'

type TopProps = {
  agenda: AgendaView
  size: TextSize
  onSize: (by: 1 | -1) => void
  onContents: () => void
  /** The way to the conversations, where they do not stand beside the text, and how many there are in all. */
  threads: { count: ThreadCount; onOpen: () => void } | null
}

/** The bar over the page: where one is, how large the text is, and the way to the other views of the meeting. */
export function ReaderTop({ agenda, size, onSize, onContents, threads }: TopProps) {
  const t = useTranslations('comments.reader')
  const locale = useLocale()
  const { meeting, body, may } = agenda
  return (
    <header className={`stays ${styles.top}`}>
      <Button
        look="icon"
        className={styles.contentsButton}
        aria-label={t('openContents')}
        onClick={onContents}
      >
        <Icon name="list" />
      </Button>
      <a href="/" className={styles.home}>
        <b>{body.name}</b>
      </a>
      <span className={styles.when}>{formatDay(meeting.startsAt, locale)}</span>
      <div className={styles.tools}>
        <fieldset className={styles.sizes}>
          <legend className="sr-only">{t('textSize')}</legend>
          <Button
            look="icon"
            aria-label={t('smaller')}
            title={t('smaller')}
            disabled={size === textSizes[0]}
            onClick={() => onSize(-1)}
          >
            <span className={styles.small}>A</span>
          </Button>
          <Button
            look="icon"
            aria-label={t('larger')}
            title={t('larger')}
            disabled={size === textSizes.at(-1)}
            onClick={() => onSize(1)}
          >
            <span className={styles.large}>A</span>
          </Button>
        </fieldset>
        <Button look="quiet" className={styles.print} onClick={() => window.print()}>
          {t('print')}
        </Button>
        {threads && (
          <Button look="plain" onClick={threads.onOpen}>
            <Icon name="comment" size={15} />
            <span className="sr-only">{t('openThreads')}</span> <ThreadCountMark {...threads.count} />
          </Button>
        )}
        {may.approve && (
          <a className={buttonClass('plain', styles.away)} href={`/moeder/${meeting.id}/godkend`}>
            {t('approve')}
          </a>
        )}
        {may.openWorkspace && (
          <a className={buttonClass('plain', styles.away)} href={`/moeder/${meeting.id}`}>
            {t('workspace')}
          </a>
        )}
      </div>
    </header>
  )
}
