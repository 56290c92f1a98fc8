'use client'

import { useTranslations } from 'next-intl'
import { useState } from 'react'
import { useActs } from '@/components/agenda/use-acts.ts'
import { Button } from '@/components/ui/button.tsx'
import { Dialog, DialogActions } from '@/components/ui/dialog.tsx'
import { Field } from '@/components/ui/field.tsx'
import { Skeleton } from '@/components/ui/skeleton.tsx'
import type { Comparison, History, HistoryEntry } from '@/lib/approval/schema.ts'
import { useChangeSentences } from './change-note.tsx'
import { DiffView } from './diff-view.tsx'
import { FetchFailed } from './fetch-failed.tsx'
import styles from './history.module.css'
import { Segments, type Side } from './segments.tsx'
import { useActName } from './use-act-name.ts'
import { useFetched } from './use-fetched.ts'
import { useWhen } from './when.ts'

type VersionDialogProps = {
  itemId: string
  history: History
  /** The version to begin with; null while nothing is compared. */
  versionId: string | null
  now: string
  onClose: () => void
}

/** Any two versions of an item, or one and the words of now, side by side or in one text; and the way back to one. */
export function VersionDialog({ versionId, onClose, ...given }: VersionDialogProps) {
  const t = useTranslations('approval')
  return (
    <Dialog open={versionId !== null} onClose={onClose} title={t('version.title')} size="full">
      {versionId && <Compared key={versionId} {...given} versionId={versionId} onClose={onClose} />}
    </Dialog>
  )
}

const present = 'now'

function Compared({ itemId, history, versionId, now, onClose }: VersionDialogProps & { versionId: string }) {
  const t = useTranslations('approval')
  const acts = useActs()
  const [from, setFrom] = useState(versionId)
  const [to, setTo] = useState(present)
  const [isSending, setIsSending] = useState(false)
  const entries = history.entries.filter((entry) => entry.versionId !== null)
  const chosen = entries.find((entry) => entry.versionId === from)
  return (
    <>
      <div className={styles.choices}>
        <MomentSelect label={t('version.from')} value={from} onChoose={setFrom} entries={entries} now={now} />
        <MomentSelect label={t('version.to')} value={to} onChoose={setTo} entries={entries} now={now} />
      </div>
      <Difference
        url={`/api/items/${itemId}/difference?from=${from}&to=${to}`}
        version={`${from === present || to === present ? history.contentHash : ''}`}
      />
      <div className={styles.ways}>
        <DialogActions>
          {history.may.write && chosen?.mayBringBack && (
            <Button
              disabled={isSending}
              onClick={async () => {
                setIsSending(true)
                const isDone = await acts.restoreVersion(itemId, from)
                setIsSending(false)
                if (isDone) onClose()
              }}
            >
              {t('version.bringBack')}
            </Button>
          )}
          <Button look="go" onClick={onClose}>
            {t('version.close')}
          </Button>
        </DialogActions>
      </div>
    </>
  )
}

type MomentSelectProps = {
  label: string
  value: string
  onChoose: (moment: string) => void
  entries: HistoryEntry[]
  now: string
}

function MomentSelect({ label, value, onChoose, entries, now }: MomentSelectProps) {
  const t = useTranslations('approval')
  const when = useWhen(now)
  const actName = useActName()
  return (
    <Field label={label}>
      {(given) => (
        <select {...given} value={value} onChange={(event) => onChoose(event.target.value)}>
          <option value={present}>{t('version.now')}</option>
          {entries.map((entry) => (
            <option key={entry.id} value={entry.versionId ?? ''}>
              {t('version.moment', { what: entry.name ?? actName(entry), when: when(entry.at) })}
            </option>
          ))}
        </select>
      )}
    </Field>
  )
}

type Layout = 'inline' | 'beside'

function Difference({ url, version }: { url: string; version: string }) {
  const t = useTranslations('approval')
  const [fetched, again] = useFetched<Comparison>(url, version)
  const [layout, setLayout] = useState<Layout>('inline')
  if (fetched.state === 'loading') return <Skeleton lines={6} label={t('panel.loading')} />
  if (fetched.state === 'failed') return <FetchFailed again={again} />
  const { difference } = fetched.value
  return (
    <>
      <div className={styles.summary}>
        <Sentences difference={difference} />
        <fieldset className={styles.layout}>
          <legend className="sr-only">{t('version.layout')}</legend>
          {(['inline', 'beside'] as const).map((one) => (
            <label key={one}>
              <input type="radio" name="layout" checked={layout === one} onChange={() => setLayout(one)} />
              {t(`version.${one}`)}
            </label>
          ))}
        </fieldset>
      </div>
      {layout === 'inline' ? (
        <div className={styles.text}>
          <Text difference={difference} />
        </div>
      ) : (
        <div className={styles.beside}>
          {(['before', 'after'] as const).map((side) => (
            <section
              key={side}
              className={styles.text}
              aria-label={t(side === 'before' ? 'version.from' : 'version.to')}
            >
              <p className={styles.which} aria-hidden>
                {t(side === 'before' ? 'version.from' : 'version.to')}
              </p>
              <Text difference={difference} side={side} />
            </section>
          ))}
        </div>
      )}
    </>
  )
}

function Sentences({ difference }: Comparison) {
  const t = useTranslations('approval')
  const sentences = useChangeSentences(difference)
  const isTitleChanged = difference.title.some(({ kind }) => kind !== 'same')
  const isSame = difference.same && sentences.length === 0 && !isTitleChanged
  return <p aria-live="polite">{isSame ? t('version.same') : sentences.join(' ')}</p>
}

function Text({ difference, side }: Comparison & { side?: Side }) {
  return (
    <>
      <h3 className={styles.title}>
        <Segments segments={difference.title} side={side} />
      </h3>
      <DiffView difference={difference} side={side} heading="h4" />
    </>
  )
}
