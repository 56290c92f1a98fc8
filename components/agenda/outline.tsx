'use client'

import { useTranslations } from 'next-intl'
import type { ThreadCount } from '@/components/comments/thread-filter.ts'
import { Button } from '@/components/ui/button.tsx'
import { Icon } from '@/components/ui/icon.tsx'
import type { AgendaView } from '@/lib/agenda/schema.ts'
import type { ApprovalsView } from '@/lib/approval/schema.ts'
import type { ReadinessView } from '@/lib/dispatch/schema.ts'
import type { OpenItems } from './open-items.ts'
import styles from './outline.module.css'
import { OutlineSection } from './outline-section.tsx'
import { Progress } from './progress.tsx'
import { useActs } from './use-acts.ts'
import { useDrag } from './use-drag.ts'
import type { Present } from './use-meeting.ts'

export type OutlineProps = {
  agenda: AgendaView
  approvals: ApprovalsView
  /** Conversations by item. */
  counts: Map<string, ThreadCount>
  present: Present[]
  items: OpenItems
  current: string | null
  now: Date
  readiness: ReadinessView
  onGo: (itemId: string) => void
  onNew: (itemId: string) => void
}

/** The whole agenda at a glance: order, status, threads, and who is where. */
export function Outline(props: OutlineProps) {
  const { agenda, readiness, now, onGo } = props
  const t = useTranslations('agenda')
  const acts = useActs()
  const drag = useDrag(agenda)

  async function addItem(section: AgendaView['sections'][number]) {
    const answer = await acts.addItem(section)
    if (answer.ok) props.onNew(answer.value.id)
  }

  async function addSection() {
    await acts.addSection(t('section.newTitle'))
  }

  return (
    <nav className={styles.outline} data-region="outline" aria-label={t('outline.label')}>
      <Progress agenda={agenda} readiness={readiness} now={now} onGo={onGo} />
      <ol className={styles.sections}>
        {agenda.sections.map((section, at) => (
          <OutlineSection
            key={section.id}
            {...props}
            section={section}
            at={at}
            drag={drag}
            onAddItem={() => void addItem(section)}
          />
        ))}
      </ol>
      {agenda.may.arrange && (
        <Button look="quiet" className={styles.addSection} onClick={() => void addSection()}>
          <Icon name="add" size={13} />
          {t('section.add')}
        </Button>
      )}
    </nav>
  )
}
