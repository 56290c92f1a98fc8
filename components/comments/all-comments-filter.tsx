'use client'

import { useTranslations } from 'next-intl'
import { type ThreadFilter, threadFilters } from '@/lib/comments/overview.ts'
import styles from './all-comments.module.css'
import type { Narrowing } from './all-comments-narrowing.ts'

type FilterProps = {
  narrowing: Narrowing
  counts: Record<ThreadFilter, number>
  onChange: (narrowing: Narrowing) => void
}

/** Narrows the page: conversations of one state, and perhaps only those given to the reader. */
export function AllCommentsFilter({ narrowing, counts, onChange }: FilterProps) {
  const t = useTranslations('comments.all')
  return (
    <fieldset className={styles.filter}>
      <legend className="sr-only">{t('filter')}</legend>
      {threadFilters.map((filter) => (
        <button
          key={filter}
          type="button"
          aria-pressed={narrowing.filter === filter}
          onClick={() => onChange({ ...narrowing, filter })}
        >
          {t(`filters.${filter}`, { count: counts[filter] })}
        </button>
      ))}
      <label className={styles.mine}>
        <input
          type="checkbox"
          checked={narrowing.mine}
          onChange={(event) => onChange({ ...narrowing, mine: event.target.checked })}
        />
        {t('mine')}
      </label>
    </fieldset>
  )
}
