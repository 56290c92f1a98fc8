'use client'

import { useTranslations } from 'next-intl'
import { useId, useState } from 'react'
import type { ThreadView } from '@/lib/comments/schema.ts'
import { type Scope, scopes } from '@/lib/comments/scopes.ts'
import styles from './filter-bar.module.css'
import { isNarrowed, noFilter, peopleIn, type ThreadFilter } from './thread-filter.ts'

type FilterBarProps = {
  /** All threads the filter may let through. */
  threads: ThreadView[]
  filter: ThreadFilter
  onFilter: (filter: ThreadFilter) => void
}

/** Chooses among conversations: open or resolved, one's own, unread, one person's, one scope's. */
export function FilterBar({ threads, filter, onFilter }: FilterBarProps) {
  const t = useTranslations('comments')
  const [isOpen, setIsOpen] = useState(false)
  const id = useId()
  const resolved = threads.filter(({ resolvedAt }) => resolvedAt !== null).length
  const counts = { open: threads.length - resolved, resolved }
  const change = (part: Partial<ThreadFilter>) => onFilter({ ...filter, ...part })
  const narrowed = isNarrowed(filter)
  return (
    <div className={styles.bar}>
      <fieldset className={styles.states}>
        <legend className="sr-only">{t('filter')}</legend>
        {(['open', 'resolved'] as const).map((state) => (
          <button
            key={state}
            type="button"
            aria-pressed={filter.state === state}
            onClick={() => change({ state })}
          >
            {t(state === 'open' ? 'filterOpen' : 'filterResolved', { count: counts[state] })}
          </button>
        ))}
        <button
          type="button"
          className={styles.more}
          data-narrowed={narrowed || undefined}
          aria-expanded={isOpen}
          aria-controls={id}
          onClick={() => setIsOpen(!isOpen)}
        >
          {t(narrowed ? 'filterOn' : 'filterMore')}
        </button>
      </fieldset>
      {isOpen && (
        <div id={id} className={styles.choices}>
          <div className={styles.toggles}>
            {(['mine', 'unread'] as const).map((key) => (
              <label key={key}>
                <input
                  type="checkbox"
                  checked={filter[key]}
                  onChange={(event) => change({ [key]: event.target.checked })}
                />
                {t(key === 'mine' ? 'filterMine' : 'filterUnread')}
              </label>
            ))}
          </div>
          <Choice
            label={t('filterPerson')}
            all={t('filterAnyPerson')}
            value={filter.person}
            options={peopleIn(threads).map(({ userId, name }) => [userId, name])}
            onChoose={(person) => change({ person })}
          />
          <Choice
            label={t('filterScope')}
            all={t('filterAnyScope')}
            value={filter.scope}
            options={scopes.map((scope) => [scope, t(`scope.${scope}`)])}
            onChoose={(scope) => change({ scope: scopes.find((one: Scope) => one === scope) ?? null })}
          />
          {narrowed && (
            <button type="button" onClick={() => onFilter({ ...noFilter, state: filter.state })}>
              {t('filterClear')}
            </button>
          )}
        </div>
      )}
    </div>
  )
}

type ChoiceProps = {
  label: string
  all: string
  value: string | null
  options: (readonly [string, string])[]
  onChoose: (value: string | null) => void
}

function Choice({ label, all, value, options, onChoose }: ChoiceProps) {
  return (
    <label className={styles.choice}>
      <span>{label}</span>
      <select value={value ?? ''} onChange={(event) => onChoose(event.target.value || null)}>
        <option value="">{all}</option>
        {options.map(([one, name]) => (
          <option key={one} value={one}>
            {name}
          </option>
        ))}
      </select>
    </label>
  )
}
