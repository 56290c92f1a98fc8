import { useLocale, useTranslations } from 'next-intl'
import { StatusShape } from '@/components/ui/status-shape.tsx'
import type { ApprovalRule } from '@/lib/approval/rules.ts'
import type { ApprovalView, ItemApprovals } from '@/lib/approval/schema.ts'
import { formatDay } from '@/lib/i18n/dates.ts'
import styles from './review.module.css'
import { useWhen } from './when.ts'

type ChairmanshipProps = {
  approvals: ItemApprovals
  rule?: ApprovalRule
  /** The last day on which the vice-chair acts for the chair. */
  standInUntil?: string | null
  me?: { userId: string }
  now: string
}

/** Who of the chairmanship has said what, and who is still asked. */
export function Chairmanship({ approvals, rule, standInUntil, me, now }: ChairmanshipProps) {
  const t = useTranslations('approval')
  const locale = useLocale()
  const spoken = approvals.approvals
  const silent = approvals.missing.filter((position) => !spoken.some((one) => one.position === position))
  return (
    <section className={styles.chairmanship}>
      <h2>{t('chairmanship')}</h2>
      <ul>
        {spoken.map((approval) => (
          <Spoken key={approval.userId} approval={approval} mine={approval.userId === me?.userId} now={now} />
        ))}
        {silent.map((position) => (
          <li key={position}>
            <StatusShape status="inReview" />
            <span>{t(`silent.${position}`)}</span>
          </li>
        ))}
      </ul>
      {rule && <p>{t(`rule.${rule}`)}</p>}
      {standInUntil && <p>{t('standIn.now', { until: formatDay(standInUntil, locale) })}</p>}
    </section>
  )
}

function Spoken({ approval, mine, now }: { approval: ApprovalView; mine: boolean; now: string }) {
  const t = useTranslations('approval')
  const when = useWhen(now)
  const { verdict, stands, forChair, position, reason } = approval
  const status = verdict === 'returned' ? 'returned' : stands ? 'approved' : 'lapsed'
  const sentence = verdict === 'returned' && !stands ? 'answered' : status
  const name = mine ? t('you') : approval.name
  const office = t(forChair ? 'position.forChair' : `position.${position}`)
  // A person known by their office needs it said once.
  const isOffice = name.toLowerCase() === office.toLowerCase()
  return (
    <li>
      <StatusShape status={sentence === 'answered' ? 'inReview' : status} />
      <span>
        <b>{name}</b> {!isOffice && <span className={styles.soft}>{office}</span>}
        <br />
        {t(`spoken.${sentence}`, { when: when(approval.at) })}
        {reason && <q className={styles.reason}>{reason}</q>}
      </span>
    </li>
  )
}
