import { useTranslations } from 'next-intl'
import { Skeleton } from '@/components/ui/skeleton.tsx'
import type { ItemView } from '@/lib/agenda/schema.ts'
import type { SinceApproved } from '@/lib/approval/schema.ts'
import { useChangeSentences } from './change-note.tsx'
import { DiffView } from './diff-view.tsx'
import { FetchFailed } from './fetch-failed.tsx'
import styles from './panel.module.css'
import { Segments } from './segments.tsx'
import { useFetched } from './use-fetched.ts'
import { useWhen } from './when.ts'

/** What changed in an item since it was last approved, fetched when the panel shows it and when the words change. */
export function SinceApprovedView({ item, now }: { item: ItemView; now: string }) {
  const t = useTranslations('approval')
  const url = `/api/items/${item.id}/difference?since=approved`
  const [fetched, again] = useFetched<SinceApproved>(url, item.contentHash ?? '')
  if (fetched.state === 'loading') return <Skeleton lines={3} label={t('panel.loading')} />
  if (fetched.state === 'failed') return <FetchFailed again={again} className={styles.text} />
  return fetched.value && <Shown since={fetched.value} now={now} />
}

function Shown({ since, now }: { since: NonNullable<SinceApproved>; now: string }) {
  const t = useTranslations('approval')
  const when = useWhen(now)
  const sentences = useChangeSentences(since.difference)
  const { title } = since.difference
  return (
    <section className={styles.since}>
      <h3 className={styles.label}>{t('panel.since', { name: since.name, when: when(since.at) })}</h3>
      <p className={styles.text}>{sentences.join(' ')}</p>
      {title.some(({ kind }) => kind !== 'same') && (
        <p className={styles.title}>
          <Segments segments={title} />
        </p>
      )}
      <DiffView difference={since.difference} onlyChanges heading="h4" />
    </section>
  )
}
