'use client'

import { useTranslations } from 'next-intl'
import { useEffect, useMemo, useState, useSyncExternalStore } from 'react'
import { Button } from '@/components/ui/button.tsx'
import { Dialog, DialogActions } from '@/components/ui/dialog.tsx'
import { kinds } from '@/lib/agenda/doc.ts'
import type { ItemView } from '@/lib/agenda/schema.ts'
import styles from './kept-aside.module.css'
import { type KeptText, keptTexts, type Part } from './kept-words.ts'
import type { KeptWords } from './offline-copy.ts'
import type { OpenItems } from './open-items.ts'

const none: KeptWords[] = []

/** Tells the author of words that could not be saved in the item's present document where they are. */
export function KeptAside({ items, item }: { items: OpenItems; item: ItemView }) {
  const t = useTranslations('agenda.kept')
  const [open, setOpen] = useState(false)
  const texts = useKeptTexts(items, item)
  if (!texts.length) return null
  return (
    <div className={styles.notice} role="status">
      <span>{t('notice')}</span>
      <Button onClick={() => setOpen(true)}>{t('show')}</Button>
      <Dialog
        size="wide"
        open={open}
        onClose={() => setOpen(false)}
        title={t('title', { number: item.number })}
      >
        <KeptList texts={texts} />
        <DialogActions>
          <Button onClick={() => void items.letGo(item.id)}>{t('letGo')}</Button>
        </DialogActions>
      </Dialog>
    </div>
  )
}

/** The kept words as plain text that can be copied. */
export function KeptList({ texts }: { texts: KeptText[] }) {
  const t = useTranslations('agenda')
  const labels: Record<Part, string> = {
    title: t('item.title'),
    caseNumber: t('meta.caseNumber'),
    caseworkers: t('meta.caseworkers'),
    kind: t('meta.kind'),
    background: t('fields.background'),
    recommendation: t('fields.recommendation'),
    presentation: t('fields.presentation'),
    decision: t('fields.decision'),
  }
  const nameOf = (text: string) => {
    const kind = kinds.find((known) => known === text)
    return kind ? t(`kind.${kind}`) : text
  }
  return (
    <>
      <p>{t('kept.what')}</p>
      <dl className={styles.texts}>
        {texts.map(({ part, text }) => (
          <div key={`${part} ${text}`}>
            <dt>{labels[part]}</dt>
            <dd>{part === 'kind' ? nameOf(text) : text}</dd>
          </div>
        ))}
      </dl>
      <p>{t('kept.howLong')}</p>
    </>
  )
}

function useKeptTexts(items: OpenItems, { id, content }: ItemView): KeptText[] {
  const kept = useSyncExternalStore(
    items.subscribe,
    () => items.keptAside(id),
    () => none,
  )
  const readable = content !== null
  useEffect(() => {
    // An item that may not be read any more is not opened, so nothing else looks for what its author left.
    if (!readable) void items.findKept(id, Number.POSITIVE_INFINITY)
  }, [items, id, readable])

  const texts = useMemo(() => keptTexts(kept, content), [kept, content])
  const isSaved = kept.length > 0 && texts.length === 0
  useEffect(() => {
    // All of it stands in the item by now, and later changes must not make it look lost again.
    if (isSaved) void items.letGo(id)
  }, [items, id, isSaved])
  return texts
}
