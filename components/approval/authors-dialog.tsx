'use client'

import { useTranslations } from 'next-intl'
import type { CSSProperties, ReactNode } from 'react'
import { PaintedProse } from '@/components/agenda/prose-view.tsx'
import { Button } from '@/components/ui/button.tsx'
import { Dialog, DialogActions } from '@/components/ui/dialog.tsx'
import { Skeleton } from '@/components/ui/skeleton.tsx'
import type { AuthorsView } from '@/lib/agenda/schema.ts'
import { personColour } from '@/lib/sync/colour.ts'
import styles from './authors.module.css'
import { FetchFailed } from './fetch-failed.tsx'
import history from './history.module.css'
import { useFetched } from './use-fetched.ts'

type AuthorsDialogProps = {
  itemId: string
  open: boolean
  /** The hash of the present words: they are read again when it changes. */
  contentHash: string
  onClose: () => void
}

/** The words of an item as they are now, each with who wrote it. */
export function AuthorsDialog({ itemId, open, contentHash, onClose }: AuthorsDialogProps) {
  const t = useTranslations('approval.authors')
  return (
    <Dialog open={open} onClose={onClose} title={t('title')} size="wide">
      {open && <Authored itemId={itemId} contentHash={contentHash} />}
      <div className={history.ways}>
        <DialogActions>
          <Button onClick={onClose}>{t('close')}</Button>
        </DialogActions>
      </div>
    </Dialog>
  )
}

function Authored({ itemId, contentHash }: Pick<AuthorsDialogProps, 'itemId' | 'contentHash'>) {
  const t = useTranslations('approval')
  const fields = useTranslations('agenda.fields')
  const [fetched, again] = useFetched<AuthorsView>(`/api/items/${itemId}/authors`, contentHash)
  if (fetched.state === 'loading') return <Skeleton lines={6} label={t('panel.loading')} />
  if (fetched.state === 'failed') return <FetchFailed again={again} />
  const { people, fields: written } = fetched.value
  if (written.length === 0) return <p>{t('nothingWritten')}</p>
  return (
    <>
      <p className={styles.what}>{t(people.length > 0 ? 'authors.what' : 'authors.nobody')}</p>
      {people.length > 0 && (
        <ul className={styles.people}>
          {people.map(({ userId, name, initials }) => (
            <li key={userId} style={colourOf(userId)}>
              <b className={styles.by}>{initials}</b> {name}
            </li>
          ))}
        </ul>
      )}
      {written.map(({ field, prose, words }) => (
        <section key={field} className={styles.field}>
          <h3>{fields(field)}</h3>
          <PaintedProse prose={prose} painted={named(words, people)} paint={byAuthor} />
        </section>
      ))}
    </>
  )
}

type Written = { from: number; to: number; userId: string; initials: string }

function named(words: AuthorsView['fields'][number]['words'], people: AuthorsView['people']): Written[] {
  const initials = new Map(people.map((person) => [person.userId, person.initials]))
  return words.map((run) => ({ ...run, initials: initials.get(run.userId) ?? '' }))
}

/** Underlines a run in its author's colour, and says who that is where it was somebody else just before. */
function byAuthor({
  over: [written],
  before,
  text,
}: {
  over: Written[]
  before: Written[]
  text: ReactNode
}) {
  if (!written) return text
  const { userId, initials } = written
  return (
    <span className={styles.run} data-author={initials} style={colourOf(userId)}>
      {before[0]?.userId !== userId && <b className={styles.by}>{initials}</b>}
      {text}
    </span>
  )
}

function colourOf(userId: string): CSSProperties {
  return { '--by': personColour(userId) } as CSSProperties
}
