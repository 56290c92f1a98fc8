import { useTranslations } from 'next-intl'
import { Button } from '@/components/ui/button.tsx'
import { FailureLine } from './failure-line.tsx'
import styles from './review.module.css'
import type { LastAct } from './review-deck.tsx'
import { useVerdict } from './use-verdict.ts'

type LineProps = { last: LastAct; onDone: Parameters<typeof useVerdict>[0]['onDone']; refresh: () => void }

/** Tells what was done a moment ago, and takes it back. */
export function LastActLine({ last, onDone, refresh }: LineProps) {
  const t = useTranslations('approval')
  const verdict = useVerdict({ itemId: last.itemId, onDone, onStale: refresh, onDoubt: refresh })
  return (
    <>
      <p className={styles.lastAct}>
        <span>{t(`done.${last.act}`, { number: last.number })}</span>
        {last.act !== 'withdrawn' && (
          <Button look="quiet" disabled={verdict.pending} onClick={() => void verdict.takeBack()}>
            {t('undo')}
          </Button>
        )}
      </p>
      <FailureLine failure={verdict.failure} />
    </>
  )
}
