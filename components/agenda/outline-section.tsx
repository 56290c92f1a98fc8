'use client'

import { useTranslations } from 'next-intl'
import { useState } from 'react'
import { Icon } from '@/components/ui/icon.tsx'
import { Menu } from '@/components/ui/menu.tsx'
import type { SectionView } from '@/lib/agenda/schema.ts'
import styles from './outline.module.css'
import type { OutlineProps } from './outline.tsx'
import { OutlineItem } from './outline-item.tsx'
import { useActs } from './use-acts.ts'
import type { Drag } from './use-drag.ts'

type Props = OutlineProps & { section: SectionView; at: number; drag: Drag; onAddItem: () => void }

/** A section of the outline: its title, its items, and what can be done to it. */
export function OutlineSection(props: Props) {
  const { agenda, section, at, drag, onAddItem } = props
  const t = useTranslations('agenda')
  const acts = useActs()
  const [renaming, setRenaming] = useState(false)
  const mayArrange = agenda.may.arrange
  // While a supplement is written, what was sent before stands as it was sent.
  const isFixed = agenda.meeting.revision === 'supplement' && section.frozenNumber !== null
  return (
    <li
      className={styles.section}
      {...(mayArrange && drag.sectionTarget(section, at))}
      data-drop={drag.marks(section.id)}
    >
      <div className={styles.sectionHead} {...(mayArrange && !renaming && !isFixed && drag.section(section))}>
        <span className={styles.sectionNumber}>{section.number}</span>
        {renaming ? (
          <SectionTitle
            title={section.title}
            onDone={(title) => {
              setRenaming(false)
              if (title && title !== section.title) void acts.renameSection(section, title)
            }}
          />
        ) : (
          <h2
            className={styles.sectionTitle}
            onDoubleClick={() => mayArrange && !isFixed && setRenaming(true)}
          >
            {section.title}
          </h2>
        )}
        {mayArrange && (
          <span className={styles.sectionActs}>
            <button
              type="button"
              className={styles.small}
              aria-label={t('item.addTo', { number: section.number })}
              title={t('item.add')}
              onClick={onAddItem}
            >
              <Icon name="add" size={14} />
            </button>
            <Menu
              look="icon"
              label={t('section.acts', { number: section.number })}
              button={<Icon name="more" size={14} />}
              items={[
                { id: 'item', label: t('item.add'), onSelect: onAddItem },
                {
                  id: 'rename',
                  label: t('section.rename'),
                  disabled: isFixed,
                  onSelect: () => setRenaming(true),
                },
                {
                  id: 'up',
                  label: t('outline.moveUp'),
                  disabled: isFixed || at === 0,
                  onSelect: () => void acts.moveSection(section, at - 1),
                },
                {
                  id: 'down',
                  label: t('outline.moveDown'),
                  disabled: isFixed || at === agenda.sections.length - 1,
                  onSelect: () => void acts.moveSection(section, at + 1),
                },
                {
                  id: 'delete',
                  label: t('section.delete'),
                  disabled: isFixed,
                  onSelect: () => void acts.deleteSection(section),
                },
              ]}
            />
          </span>
        )}
      </div>
      {section.items.length > 0 && (
        <ol className={styles.items}>
          {section.items.map((item, index) => (
            <OutlineItem key={item.id} {...props} item={item} index={index} />
          ))}
        </ol>
      )}
    </li>
  )
}

function SectionTitle({ title, onDone }: { title: string; onDone: (title: string | null) => void }) {
  const t = useTranslations('agenda')
  return (
    <input
      ref={(input) => {
        if (input && document.activeElement !== input) input.select()
      }}
      className={styles.rename}
      defaultValue={title}
      maxLength={300}
      aria-label={t('section.title')}
      onBlur={(event) => onDone(event.currentTarget.value.trim())}
      onKeyDown={(event) => {
        if (event.key === 'Enter') event.currentTarget.blur()
        if (event.key === 'Escape') onDone(null)
      }}
    />
  )
}
