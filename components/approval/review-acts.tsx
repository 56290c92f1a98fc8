import { useTranslations } from 'next-intl'
import { Button } from '@/components/ui/button.tsx'
import type { ReviewItem, ReviewView } from '@/lib/approval/schema.ts'
import { FailureLine } from './failure-line.tsx'
import styles from './review.module.css'
import type { ActsKind } from './review-pane.tsx'
import type { useVerdict } from './use-verdict.ts'
import { useWhen } from './when.ts'

type ActsProps = {
  kind: ActsKind
  item: ReviewItem
  me: ReviewView['me']
  moved: boolean
  now: string
  off: boolean
  verdict: ReturnType<typeof useVerdict>
  onApprove: () => void
  onReturn: () => void
  onCatchUp: () => void
  onNext: () => void
}

/** The foot of the page: two large actions within reach of a thumb, or what stands in their place. */
export function ReviewActs({ kind, moved, verdict, ...props }: ActsProps) {
  const t = useTranslations('approval')
  if (kind === 'closed') return <p className={styles.footText}>{t('closed')}</p>
  if (moved) {
    return (
      <>
        <p className={styles.footText} data-moved>
          {t('moved.text')}
        </p>
        <Button look="go" className={styles.act} onClick={props.onCatchUp}>
          {t('moved.show')}
        </Button>
      </>
    )
  }
  return (
    <>
      <FailureLine failure={verdict.failure} />
      {kind === 'decided' ? (
        <Decided verdict={verdict} {...props} />
      ) : (
        <Decide verdict={verdict} {...props} />
      )}
    </>
  )
}

type InnerProps = Omit<ActsProps, 'kind' | 'moved'>

function Decide({ verdict, off, onApprove, onReturn }: InnerProps) {
  const t = useTranslations('approval')
  const disabled = off || verdict.pending
  return (
    <div className={styles.acts}>
      <Button
        className={styles.act}
        disabled={disabled}
        // Pressing must not take away the words the reason is about.
        onPointerDown={(event) => event.preventDefault()}
        onClick={onReturn}
      >
        {t('return.act')}
      </Button>
      <Button
        look="go"
        className={styles.act}
        disabled={disabled}
        aria-busy={verdict.pending}
        onClick={onApprove}
      >
        {verdict.pending ? t('approve.pending') : t('approve.act')}
      </Button>
    </div>
  )
}

function Decided({ item, me, now, off, verdict, onNext }: InnerProps) {
  const t = useTranslations('approval')
  const when = useWhen(now)
  const own = item.approvals.approvals.find(({ userId }) => userId === me.userId)
  if (!own) return null
  return (
    <>
      <p className={styles.footText}>{t(`own.${own.verdict}`, { when: when(own.at) })}</p>
      <div className={styles.acts}>
        <Button
          className={styles.act}
          disabled={off || verdict.pending}
          onClick={() => void verdict.takeBack()}
        >
          {t(`takeBack.${own.verdict}`)}
        </Button>
        <Button look="go" className={styles.act} onClick={onNext}>
          {t('next')}
        </Button>
      </div>
    </>
  )
}
