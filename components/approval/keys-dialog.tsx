import { useTranslations } from 'next-intl'
import { Button } from '@/components/ui/button.tsx'
import { Dialog } from '@/components/ui/dialog.tsx'
import styles from './review.module.css'

const rows = [
  { keys: ['←', 'K'], name: 'before' },
  { keys: ['→', 'J'], name: 'after' },
  { keys: ['G'], name: 'approve' },
  { keys: ['R'], name: 'return' },
  { keys: ['?'], name: 'help' },
] as const

type KeysDialogProps = { open: boolean; onClose: () => void; letters: boolean; onTurn: (on: boolean) => void }

/** The keyboard shortcuts, and the way to turn the letters off. */
export function KeysDialog({ open, onClose, letters, onTurn }: KeysDialogProps) {
  const t = useTranslations('approval')
  return (
    <Dialog open={open} onClose={onClose} title={t('keys.title')}>
      <dl className={styles.keys}>
        {rows.map(({ keys, name }) => (
          <div key={name}>
            <dt>
              {keys.map((key) => (
                <kbd key={key}>{key}</kbd>
              ))}
            </dt>
            <dd>{t(`keys.${name}`)}</dd>
          </div>
        ))}
      </dl>
      <label className={styles.check}>
        <input type="checkbox" checked={letters} onChange={(event) => onTurn(event.target.checked)} />
        {t('keys.letters')}
      </label>
      <Button className={styles.act} onClick={onClose}>
        {t('keys.close')}
      </Button>
    </Dialog>
  )
}
