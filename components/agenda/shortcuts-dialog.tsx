'use client'

import { useTranslations } from 'next-intl'
import { Dialog } from '@/components/ui/dialog.tsx'
import styles from './shortcuts-dialog.module.css'

const shortcuts = [
  ['bold', 'Ctrl+B'],
  ['italic', 'Ctrl+I'],
  ['link', 'Ctrl+K'],
  ['heading', '###'],
  ['bullets', '-'],
  ['numbers', '1.'],
  ['comment', 'Ctrl+Alt+M'],
  ['undo', 'Ctrl+Z'],
  ['redo', 'Ctrl+Shift+Z'],
  ['toolbar', 'Alt+F10'],
  ['leave', 'Esc, Tab'],
  ['regions', 'F6'],
  ['move', 'Alt+↑ / Alt+↓'],
  ['list', '?'],
] as const

/** All keys of the workspace. */
export function ShortcutsDialog({ open, onClose }: { open: boolean; onClose: () => void }) {
  const t = useTranslations('agenda.shortcuts')
  return (
    <Dialog open={open} onClose={onClose} title={t('title')}>
      <dl className={styles.list}>
        {shortcuts.map(([id, keys]) => (
          <div key={id} className={styles.line}>
            <dt>{t(id)}</dt>
            <dd>
              <kbd className={styles.keys}>{keys}</kbd>
            </dd>
          </div>
        ))}
      </dl>
    </Dialog>
  )
}
