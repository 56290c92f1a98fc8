import type { Position } from '@/lib/approval/rules.ts'
import type { Role } from '@/lib/identity/rules.ts'
import type { Deadline, Deadlines } from '@/lib/meeting/deadlines.ts'
import type { FindingCode } from './schema.ts'

/** How near a deadline is when people are reminded, the last first; each is told of once. */
const stages = [
  ['passed', -1],
  ['today', 0],
  ['near', 2],
] as const

/** What decides who is reminded of a meeting. */
export type TurnFacts = {
  meetingId: string
  deadlines: Deadlines
  findings: readonly { code: FindingCode }[]
  /** The positions of the chairmanship whose approval is wanted of any item. */
  asked: readonly Position[]
  people: readonly { userId: string; role: Role; position: Position | null }[]
}

/** One reminder of one person; `subjectId` is the same until the next stage, so nobody is told twice. */
export type Reminder = { userId: string; subjectId: string; deadline: 'agenda' | 'material'; days: number }

/**
 * Who is reminded that an agenda is to be sent out: the chairmanship while it is asked, the secretariat while something
 * is theirs to do, and when nothing stands in the way, because then sending is.
 */
export function remindersOf({ meetingId, deadlines, findings, asked, people }: TurnFacts): Reminder[] {
  const isWaitingForChair = (code: FindingCode) => code === 'in-review' || code === 'lapsed'
  const isDeadline = (code: FindingCode) => code.endsWith('-deadline-passed')
  const own = findings.filter(({ code }) => !isWaitingForChair(code) && !isDeadline(code))
  const isOffice = own.length > 0 || findings.every(({ code }) => isDeadline(code))
  const misses = findings.some(({ code }) => code === 'annex-missing')
  const remind = (
    deadline: Reminder['deadline'],
    isTurn: (person: TurnFacts['people'][number]) => boolean,
  ) => {
    const stage = stageOf(deadlines[deadline])
    if (!stage) return []
    const { day, days } = deadlines[deadline]
    const subjectId = [meetingId, deadline, day, stage].join(' ')
    return people.filter(isTurn).map(({ userId }) => ({ userId, subjectId, deadline, days }))
  }
  return [
    ...remind('agenda', ({ role, position }) => {
      if (role === 'secretariat') return isOffice
      return role === 'chair' && position !== null && asked.includes(position)
    }),
    ...remind('material', ({ role }) => role === 'secretariat' && misses),
  ]
}

function stageOf({ days }: Deadline): string | null {
  return stages.find(([, until]) => days <= until)?.[0] ?? null
}
