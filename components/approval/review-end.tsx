import Link from 'next/link'
import { useTranslations } from 'next-intl'
import { buttonClass } from '@/components/ui/button.tsx'
import { StatusShape } from '@/components/ui/status-shape.tsx'
import { waitsFor } from '@/lib/approval/rules.ts'
import type { ItemApprovals, ReviewItem, ReviewView } from '@/lib/approval/schema.ts'
import { ApproveRead } from './approve-read.tsx'
import { LastActLine } from './last-act-line.tsx'
import styles from './review.module.css'
import type { ReviewShared } from './review-pane.tsx'

type EndProps = ReviewShared & {
  /** Of each item whose words have been on the screen, their content hash. */
  read: ReadonlyMap<string, string>
  onPut: (approvals: ItemApprovals) => void
  onGo: (place: string) => void
}

/** The page after the last item: all done, or what is left with the way to it. */
export function ReviewEnd({ view, last, onDone, refresh, trouble, read, onPut, onGo }: EndProps) {
  const t = useTranslations('approval')
  const waiting = view.items.filter(({ approvals }) => waitsFor(view.me, approvals))
  const isRead = ({ id, current }: ReviewItem) => read.get(id) === current.contentHash
  const approved = view.items.filter(({ approvals }) => approvals.status === 'approved')
  const allApproved = approved.length === view.items.length
  const title = waiting.length > 0 ? 'left' : allApproved ? 'allApproved' : 'through'
  const rest = ({ status, approvals }: ItemApprovals) => {
    const given = approvals.some(({ userId, stands }) => userId === view.me.userId && stands)
    return status === 'inReview' && given ? t('end.given') : t(`status.${status}`)
  }
  return (
    <>
      <main id="indhold" className={styles.main} tabIndex={-1}>
        <h1 className={styles.title}>{t(`end.${title}`, { count: waiting.length })}</h1>
        <p className={styles.lead}>
          {t(`end.${title}Text`, { approved: approved.length, total: view.items.length })}
          {view.drafts > 0 && ` ${t('end.drafts', { count: view.drafts })}`}
        </p>
        <ol className={styles.rest}>
          {view.items.map((item) => (
            <li key={item.id}>
              <a
                href={`?punkt=${item.number}`}
                className={styles.row}
                onClick={(event) => {
                  event.preventDefault()
                  onGo(item.number)
                }}
              >
                <StatusShape status={item.approvals.status} />
                <span className={styles.number}>{item.number}</span>
                <span>{item.current.content.title}</span>
                <span className={styles.soft}>
                  {waitsFor(view.me, item.approvals)
                    ? t(isRead(item) ? 'end.read' : 'end.waits')
                    : rest(item.approvals)}
                </span>
              </a>
            </li>
          ))}
        </ol>
      </main>
      <footer className={styles.foot}>
        {last && <LastActLine last={last} onDone={onDone} refresh={refresh} />}
        <ApproveRead items={waiting.filter(isRead)} off={trouble !== null} onPut={onPut} refresh={refresh} />
        <EndLink
          view={view}
          waiting={(waiting.find((item) => !isRead(item)) ?? waiting[0])?.number}
          isMain={!waiting.some(isRead)}
          onGo={onGo}
        />
      </footer>
    </>
  )
}

type EndLinkProps = {
  view: ReviewView
  waiting: string | undefined
  isMain: boolean
  onGo: (place: string) => void
}

function EndLink({ view, waiting, isMain, onGo }: EndLinkProps) {
  const t = useTranslations('approval')
  if (waiting) {
    return (
      <button
        type="button"
        className={buttonClass(isMain ? 'go' : 'plain', styles.act)}
        onClick={() => onGo(waiting)}
      >
        {t('end.goOn', { number: waiting })}
      </button>
    )
  }
  return (
    <Link href={`/moeder/${view.meeting.id}`} className={buttonClass('plain', styles.act)}>
      {t('toAgenda')}
    </Link>
  )
}

/** The page while nothing has been sent to review. */
export function ReviewEmpty({ view }: { view: ReviewView }) {
  const t = useTranslations('approval')
  return (
    <main id="indhold" className={`${styles.column} ${styles.empty}`}>
      <h1 className={styles.title}>{t('empty.title')}</h1>
      <p className={styles.lead}>{t('empty.text', { drafts: view.drafts })}</p>
      <Link href={`/moeder/${view.meeting.id}`} className={buttonClass('plain', styles.act)}>
        {t('toAgenda')}
      </Link>
    </main>
  )
}
