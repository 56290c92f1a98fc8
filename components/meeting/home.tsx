import { useTranslations } from 'next-intl'
import type { ReactNode } from 'react'
import type { Deadlines } from '@/lib/meeting/deadlines.ts'
import type { Waiting } from '@/lib/meeting/rules.ts'
import type { BodyMeetings, MeetingLine } from '@/lib/meeting/schema.ts'
import { BodyList } from './body-list.tsx'
import styles from './home.module.css'
import { NextMeeting } from './next-meeting.tsx'
import { OfficeBar } from './office-bar.tsx'
import { WaitingList } from './waiting-list.tsx'

export type WaitingMeeting = { meeting: MeetingLine; bodyName: string; waiting: Waiting }

type HomeProps = {
  bodies: BodyMeetings[]
  waiting: WaitingMeeting[]
  now: Date
  account: ReactNode
  /** The body whose meetings are all shown; of others those held long ago stay out of the way. */
  whole: string | null
  /** When the next meeting's agenda is to be sent out, and what stands in the way. */
  next: { deadlines: Deadlines | null; blockers: ReactNode }
}

/** The front page: the next meeting, what waits for this person, then all meetings. */
export function Home({ bodies, waiting, now, account, whole, next: outgoing }: HomeProps) {
  const t = useTranslations('meeting.home')
  const coming = bodies
    .flatMap((body) => body.coming.map((meeting) => ({ meeting, body })))
    .sort((one, other) => one.meeting.startsAt.localeCompare(other.meeting.startsAt))
  const next = coming[0]
  const mayImport = bodies.some((body) => body.mayImport)
  return (
    <>
      <OfficeBar mayImport={mayImport} account={account} />
      <main id="indhold" className={styles.page}>
        <h1 className="sr-only">{t('title')}</h1>
        {next && <NextMeeting meeting={next.meeting} bodyName={next.body.name} now={now} {...outgoing} />}
        {bodies.length === 0 ? (
          <p className={styles.empty}>{t('noBodies')}</p>
        ) : (
          <WaitingList waiting={waiting} />
        )}
        {bodies.map((body) => (
          <BodyList key={body.bodyId} body={body} now={now} isWhole={body.bodyId === whole} />
        ))}
      </main>
    </>
  )
}
