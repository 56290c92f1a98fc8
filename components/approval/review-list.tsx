import { useTranslations } from 'next-intl'
import { StatusShape } from '@/components/ui/status-shape.tsx'
import type { ReviewView } from '@/lib/approval/schema.ts'
import styles from './review.module.css'

/** All items in review with where they stand; on narrow screens it only shows on the last page. */
export function ReviewList({
  view,
  place,
  onGo,
}: {
  view: ReviewView
  place: string
  onGo: (place: string) => void
}) {
  const t = useTranslations('approval')
  return (
    <nav className={styles.list} aria-label={t('list')}>
      <ol>
        {view.items.map(({ number, current, approvals }) => (
          <li key={approvals.itemId}>
            <button
              type="button"
              className={styles.row}
              aria-current={number === place ? 'page' : undefined}
              onClick={() => onGo(number)}
            >
              <StatusShape status={approvals.status} label={t(`status.${approvals.status}`)} />
              <span className={styles.number}>{number}</span>
              <span>{current.content.title}</span>
            </button>
          </li>
        ))}
      </ol>
    </nav>
  )
}
