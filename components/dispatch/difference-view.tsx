'use client'

import { useChangeSentences } from '@/components/approval/change-note.tsx'
import { DiffView } from '@/components/approval/diff-view.tsx'
import { Segments } from '@/components/approval/segments.tsx'
import type { Difference } from '@/lib/agenda/diff.ts'
import styles from './dispatch.module.css'

/** A difference as its sentences and, below, the changed words. */
export function DifferenceView({ difference }: { difference: Difference }) {
  const sentences = useChangeSentences(difference)
  const { title } = difference
  return (
    <div className={styles.difference}>
      <p className={styles.note}>{sentences.join(' ')}</p>
      {title.some(({ kind }) => kind !== 'same') && (
        <p>
          <Segments segments={title} />
        </p>
      )}
      <DiffView difference={difference} onlyChanges heading="h4" />
    </div>
  )
}
