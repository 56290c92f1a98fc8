'use client'

import { useLocale, useTranslations } from 'next-intl'
import { useSyncExternalStore } from 'react'
import { formatClock } from '@/lib/i18n/dates.ts'
import { closeCodes } from '@/lib/sync/close-codes.ts'
import type { SaveState } from './connection.ts'
import type { OpenItems } from './open-items.ts'
import styles from './save-pill.module.css'

const refusals: Partial<Record<number, 'otherGeneration' | 'documentFull'>> = {
  [closeCodes.otherGeneration]: 'otherGeneration',
  [closeCodes.documentFull]: 'documentFull',
}

const first: SaveState = { status: 'saved', at: null }

/** What is safe, for all open items at once: "Gemt 14.03.12" only when the server has committed the exact state. */
export function SavePill({ items }: { items: OpenItems }) {
  const t = useTranslations('agenda.save')
  const locale = useLocale()
  const state = useSyncExternalStore(items.subscribe, items.saveState, () => first)
  const alarm = state.status === 'failing' || state.status === 'refused'
  return (
    <div className={styles.pill} data-status={state.status} role={alarm ? 'alert' : undefined}>
      <span className={styles.words}>{sentence(state)}</span>
    </div>
  )

  function sentence(shown: SaveState): string {
    switch (shown.status) {
      case 'saved':
        return shown.at ? t('saved', { time: formatClock(shown.at, locale, true) }) : t('allSaved')
      case 'saving':
        return t('saving')
      case 'offline':
        return shown.waiting ? t('offlineWaiting') : t('offline')
      case 'failing':
        return t('failing')
      default:
        return t(refusals[shown.code] ?? 'refused')
    }
  }
}
