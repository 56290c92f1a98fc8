'use client'

import { useTranslations } from 'next-intl'
import { Icon } from '@/components/ui/icon.tsx'
import { safeUrl } from '@/lib/agenda/prose.ts'
import type { AnnexView, ItemView } from '@/lib/agenda/schema.ts'
import styles from './annex-list.module.css'
import { useActs } from './use-acts.ts'

/** The annexes in the form of print: "./." before the first of them. */
export function AnnexList({ item }: { item: ItemView }) {
  const t = useTranslations('agenda')
  if (item.annexes.length === 0) return null
  return (
    <ul className={styles.list} aria-label={t('annex.label')}>
      {item.annexes.map((annex, at) => (
        <li key={annex.id} className={styles.annex}>
          <span className={styles.sign} aria-hidden="true">
            {at === 0 ? './.' : ''}
          </span>
          <AnnexLink annex={annex} />
          {item.may.write && <DeleteAnnex annex={annex} />}
        </li>
      ))}
    </ul>
  )
}

function AnnexLink({ annex }: { annex: AnnexView }) {
  const url = annex.url === null ? null : safeUrl(annex.url)
  // An annex named in an imported agenda, with neither file nor link yet.
  if (!url && !annex.fileName) return <span>{annex.title}</span>
  return (
    <a href={url ?? `/api/annexes/${annex.id}`} target="_blank" rel="noopener noreferrer">
      {annex.title}
    </a>
  )
}

function DeleteAnnex({ annex }: { annex: AnnexView }) {
  const t = useTranslations('agenda')
  const acts = useActs()
  return (
    <button
      type="button"
      className={styles.delete}
      aria-label={t('annex.delete', { title: annex.title })}
      onClick={() => void acts.deleteAnnex(annex)}
    >
      <Icon name="close" size={13} />
    </button>
  )
}
