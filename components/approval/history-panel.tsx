'use client'

import { useTranslations } from 'next-intl'
import { useEffect, useState } from 'react'
import { useActs } from '@/components/agenda/use-acts.ts'
import { Button } from '@/components/ui/button.tsx'
import { Skeleton } from '@/components/ui/skeleton.tsx'
import type { History, HistoryEntry } from '@/lib/approval/schema.ts'
import { AuthorsDialog } from './authors-dialog.tsx'
import { FetchFailed } from './fetch-failed.tsx'
import styles from './history.module.css'
import panel from './panel.module.css'
import { useActName } from './use-act-name.ts'
import { useFetched } from './use-fetched.ts'
import { VersionDialog } from './version-dialog.tsx'
import { VersionNameForm } from './version-name-form.tsx'
import { useWhen } from './when.ts'

type HistoryPanelProps = {
  itemId: string
  /** Anything that changes when the history may have: it is fetched again. */
  version?: string
}

/** Every act on one item and every version of its words, the newest first. */
export function HistoryPanel({ itemId, version = '' }: HistoryPanelProps) {
  const t = useTranslations('approval')
  const [fetched, again] = useFetched<History>(`/api/items/${itemId}/history`, version)
  const [now, setNow] = useState('')
  useEffect(() => setNow(new Date().toISOString()), [])
  if (fetched.state === 'loading' || !now) {
    return (
      <div className={panel.panel}>
        <Skeleton lines={4} label={t('panel.loading')} />
      </div>
    )
  }
  if (fetched.state === 'failed')
    return <FetchFailed again={again} className={`${panel.panel} ${panel.text}`} />
  return <Entries itemId={itemId} history={fetched.value} now={now} onChanged={again} />
}

type EntriesProps = { itemId: string; history: History; now: string; onChanged: () => void }

function Entries({ itemId, history, now, onChanged }: EntriesProps) {
  const t = useTranslations('approval')
  const acts = useActs()
  const [isWhole, setIsWhole] = useState(false)
  const [compared, setCompared] = useState<string | null>(null)
  const [isAuthored, setIsAuthored] = useState(false)
  const folded = history.entries.filter((entry) => entry.isFolded).length
  const fresh = async (done: Promise<boolean>) => {
    const isDone = await done
    if (isDone) onChanged()
    return isDone
  }
  const shown = history.entries.filter((entry) => isWhole || !entry.isFolded)
  return (
    <div className={panel.panel}>
      {history.may.write && (
        <div className={styles.first}>
          <VersionNameForm
            label={t('history.keep')}
            name=""
            isRequired
            onName={(name) => fresh(acts.keepNamed(itemId, name))}
          />
        </div>
      )}
      {history.may.name && (
        <div className={styles.first}>
          <Button look="quiet" onClick={() => setIsAuthored(true)}>
            {t('authors.show')}
          </Button>
          <AuthorsDialog
            itemId={itemId}
            open={isAuthored}
            contentHash={history.contentHash}
            onClose={() => setIsAuthored(false)}
          />
        </div>
      )}
      {history.entries.length === 0 && <p className={panel.text}>{t('history.empty')}</p>}
      <ol className={styles.history}>
        {shown.map((entry) => (
          <Entry
            key={entry.id}
            entry={entry}
            now={now}
            mayName={history.may.name}
            onCompare={setCompared}
            onName={(versionId, name) => fresh(acts.nameVersion(itemId, versionId, name))}
          />
        ))}
      </ol>
      {folded > 0 && (
        <Button look="quiet" aria-expanded={isWhole} onClick={() => setIsWhole(!isWhole)}>
          {isWhole ? t('history.fold') : t('history.unfold', { count: folded })}
        </Button>
      )}
      <VersionDialog
        itemId={itemId}
        history={history}
        versionId={compared}
        now={now}
        onClose={() => setCompared(null)}
      />
    </div>
  )
}

type EntryProps = {
  entry: HistoryEntry
  now: string
  mayName: boolean
  onCompare: (versionId: string) => void
  onName: (versionId: string, name: string) => Promise<boolean>
}

function Entry({ entry, now, mayName, onCompare, onName }: EntryProps) {
  const t = useTranslations('approval')
  const when = useWhen(now)
  const act = useActName()(entry)
  const { versionId, by, authors } = entry
  const at = when(entry.at)
  return (
    <li>
      <b>{entry.name ?? act}</b>
      <span className={panel.text}>
        {entry.name ? `${act} · ` : ''}
        {by ? t('history.by', { name: by.name, when: at }) : at}
      </span>
      {authors.length > 0 && (
        <span className={panel.text}>
          {t('history.authors', { names: authors.map(({ name }) => name).join(', ') })}
        </span>
      )}
      {entry.restoredAt && (
        <span className={panel.text}>{t('history.restoredFrom', { when: when(entry.restoredAt) })}</span>
      )}
      {entry.reason && <q>{entry.reason}</q>}
      {versionId && (
        <span className={styles.acts}>
          <Button
            look="quiet"
            aria-label={t('history.compareWhich', { what: act, when: at })}
            onClick={() => onCompare(versionId)}
          >
            {t('history.compare')}
          </Button>
          {mayName && (
            <VersionNameForm
              label={t(entry.name ? 'history.rename' : 'history.name')}
              name={entry.name ?? ''}
              onName={(name) => onName(versionId, name)}
            />
          )}
        </span>
      )}
    </li>
  )
}
