'use client'

import { useTranslations } from 'next-intl'
import { itemAnchor } from '@/components/agenda/use-current-item.ts'
import type { EditionChange } from '@/lib/dispatch/schema.ts'
import { DifferenceView } from './difference-view.tsx'
import styles from './dispatch.module.css'

/** What is new since what was sent before: items that came, changed and went. */
export function EditionChanges({ changes, isCurrent }: { changes: EditionChange[]; isCurrent: boolean }) {
  const t = useTranslations('dispatch')
  return (
    <section className={styles.news} aria-labelledby="edition-news">
      <h2 id="edition-news">{t(isCurrent ? 'newNow' : 'newThen')}</h2>
      <ul className={styles.changes}>
        {changes.map((change) => (
          <li key={change.itemId}>
            <EditionLine change={change} />
          </li>
        ))}
      </ul>
    </section>
  )
}

function EditionLine({ change }: { change: EditionChange }) {
  const t = useTranslations('dispatch')
  const { itemId, number, title, difference } = change
  const name = (
    <>
      <span className={styles.number}>{number}</span> {title || t('untitled')}
    </>
  )
  return (
    <>
      <p>
        {change.change === 'removed' ? <span>{name}</span> : <a href={`#${itemAnchor(itemId)}`}>{name}</a>}{' '}
        <span className={styles.mark}>{t(`change.${change.change}`)}</span>
      </p>
      {difference && (
        <details>
          <summary>{t('showChanges')}</summary>
          <DifferenceView difference={difference} />
        </details>
      )}
    </>
  )
}
