import { useTranslations } from 'next-intl'
import type { Change, Difference } from '@/lib/agenda/diff.ts'
import { safeUrl } from '@/lib/agenda/prose.ts'
import type { AnnexView } from '@/lib/agenda/schema.ts'
import diffStyles from './diff-view.module.css'
import styles from './review.module.css'

type Row = { key: string; title: string; change: Change; annex: AnnexView | null }

/** The annexes with links, and what is new, gone or replaced among them. */
export function ReviewAnnexes({
  annexes,
  difference,
}: {
  annexes: AnnexView[]
  difference: Difference | null
}) {
  const t = useTranslations('approval')
  const rows = rowsOf(annexes, difference)
  if (rows.length === 0) return null
  return (
    <section>
      <h2 className={diffStyles.label}>{t('annexes')}</h2>
      <ul className={styles.annexes}>
        {rows.map(({ key, title, change, annex }) => (
          <li key={key}>
            {change === 'removed' ? (
              <del className={diffStyles.removed}>
                <span className="sr-only">{t('difference.removed')} </span>
                {title}
              </del>
            ) : (
              <AnnexLink title={title} annex={annex} />
            )}
            {change === 'added' && <span className={styles.annexNote}>{t('annexAdded')}</span>}
            {change === 'changed' && <span className={styles.annexNote}>{t('annexChanged')}</span>}
          </li>
        ))}
      </ul>
    </section>
  )
}

function AnnexLink({ title, annex }: { title: string; annex: AnnexView | null }) {
  const url = annex?.url ? safeUrl(annex.url) : annex?.fileName ? `/api/annexes/${annex.id}` : null
  if (!url) return <span>{title}</span>
  return (
    <a href={url} target="_blank" rel="noopener noreferrer">
      {title}
    </a>
  )
}

function rowsOf(annexes: AnnexView[], difference: Difference | null): Row[] {
  if (!difference)
    return annexes.map((annex) => ({ key: annex.id, title: annex.title, change: 'same', annex }))
  const left = [...annexes]
  return difference.annexes.map(({ title, change }, at) => {
    const found = change === 'removed' ? -1 : left.findIndex((annex) => annex.title === title)
    const [annex = null] = found < 0 ? [] : left.splice(found, 1)
    return { key: `${change} ${at}`, title, change, annex }
  })
}
