'use client'

import { useTranslations } from 'next-intl'
import { Button } from '@/components/ui/button.tsx'
import { Icon } from '@/components/ui/icon.tsx'
import type { ItemView } from '@/lib/agenda/schema.ts'
import styles from './reader.module.css'

type FootProps = { items: ItemView[]; current: string | null; onStep: (step: 1 | -1) => void }

/** Where one is in the agenda, and the way to the item before and after, within reach of a thumb. */
export function ReaderFoot({ items, current, onStep }: FootProps) {
  const t = useTranslations('comments.reader')
  const at = items.findIndex((item) => item.id === current)
  const item = items[at]
  if (!item) return null
  return (
    <nav className={styles.foot} aria-label={t('steps')}>
      <Button look="icon" aria-label={t('previous')} disabled={at === 0} onClick={() => onStep(-1)}>
        <Icon name="back" />
      </Button>
      <span>{t('where', { number: item.number, at: at + 1, count: items.length })}</span>
      <Button look="icon" aria-label={t('next')} disabled={at === items.length - 1} onClick={() => onStep(1)}>
        <Icon name="forward" />
      </Button>
    </nav>
  )
}
