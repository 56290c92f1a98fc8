'use client'

import { useLocale, useTranslations } from 'next-intl'
import { type ReactNode, useMemo } from 'react'
import { Button } from '@/components/ui/button.tsx'
import { Icon } from '@/components/ui/icon.tsx'
import type { AgendaView, ItemView, SectionView } from '@/lib/agenda/schema.ts'
import type { ApprovalsView } from '@/lib/approval/schema.ts'
import type { TextSelection, ThreadsView, ThreadView } from '@/lib/comments/schema.ts'
import type { ItemChange } from '@/lib/dispatch/schema.ts'
import { formatMeetingTime } from '@/lib/i18n/dates.ts'
import styles from './agenda-document.module.css'
import { AgendaItem } from './agenda-item.tsx'
import type { OpenItems } from './open-items.ts'
import { ProseView } from './prose-view.tsx'
import { useActs } from './use-acts.ts'
import { useWantedItem } from './use-wanted-item.ts'

type AgendaDocumentProps = {
  agenda: AgendaView
  /** What differs from what was sent last. */
  changes: ItemChange[]
  /** What is to be known before one writes. */
  notice: ReactNode
  approvals: ApprovalsView
  threads: ThreadsView
  items: OpenItems
  newItem: string | null
  activeThread: string | null
  onNew: (itemId: string) => void
  onThread: (threadId: string) => void
  onComment: (itemId: string, selection: TextSelection) => void
}

/** The whole agenda as one continuous page. */
export function AgendaDocument(props: AgendaDocumentProps) {
  const { agenda } = props
  const t = useTranslations('agenda')
  const locale = useLocale()
  const { meeting, body } = agenda
  useWantedItem()
  return (
    <main id="indhold" className={styles.page} tabIndex={-1}>
      {props.notice}
      <header className={styles.head}>
        <p className={styles.kicker}>{t('document.kicker')}</p>
        <h1 className={styles.name}>{body.name}</h1>
        <p className={styles.when}>
          {formatMeetingTime(meeting.startsAt, locale)}, {meeting.place}
        </p>
      </header>
      {agenda.preface && (
        <section className={styles.preface} aria-labelledby="preface">
          <h2 id="preface" className="sr-only">
            {t('document.preface')}
          </h2>
          <ProseView prose={agenda.preface} headingLevel={3} />
        </section>
      )}
      {agenda.sections.length === 0 && <p className={styles.empty}>{t('document.empty')}</p>}
      {agenda.sections.map((section) => (
        <Section key={section.id} {...props} section={section} />
      ))}
    </main>
  )
}

const noThreads: ThreadView[] = []

function groupByItem(threads: ThreadView[]): Map<string, ThreadView[]> {
  const groups = new Map<string, ThreadView[]>()
  for (const thread of threads) groups.set(thread.itemId, [...(groups.get(thread.itemId) ?? []), thread])
  return groups
}

function Section(props: AgendaDocumentProps & { section: SectionView }) {
  const { section, agenda, approvals, items, newItem, activeThread, onNew, onThread, onComment } = props
  const t = useTranslations('agenda')
  const acts = useActs()
  const byItem = useMemo(() => groupByItem(props.threads.threads), [props.threads])

  // Before the first dispatch everything is new, and nothing has to say so.
  const changeOf = (item: ItemView) =>
    agenda.meeting.editionCount > 0 ? props.changes.find((one) => one.itemId === item.id)?.change : undefined

  async function addItem() {
    const answer = await acts.addItem(section)
    if (answer.ok) onNew(answer.value.id)
  }

  return (
    <section className={styles.section} aria-label={`${section.number}. ${section.title}`}>
      <h2 className={styles.sectionTitle}>
        {section.number}. {section.title}
      </h2>
      {section.items.map((item: ItemView) => (
        <AgendaItem
          key={item.id}
          item={item}
          approvals={approvals.items.find((one) => one.itemId === item.id)}
          threads={byItem.get(item.id) ?? noThreads}
          items={items}
          isNew={newItem === item.id}
          change={changeOf(item)}
          activeThread={activeThread}
          onThread={onThread}
          onComment={onComment}
        />
      ))}
      {agenda.may.arrange && (
        <Button
          look="quiet"
          className={section.items.length ? styles.add : `${styles.add} ${styles.addFirst}`}
          onClick={() => void addItem()}
        >
          <Icon name="add" size={13} />
          {t('item.add')}
        </Button>
      )}
    </section>
  )
}
