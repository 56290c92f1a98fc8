import { expect, it } from 'vitest'
import { remindersOf, type TurnFacts } from './reminders.ts'

const people: TurnFacts['people'] = [
  { userId: 'sec', role: 'secretariat', position: null },
  { userId: 'chair', role: 'chair', position: 'chair' },
  { userId: 'vice', role: 'chair', position: 'viceChair' },
  { userId: 'member', role: 'member', position: null },
]

function told(days: number, given: Partial<TurnFacts>): string[] {
  const deadlines = { agenda: { day: '2019-09-09', days }, material: { day: '2019-09-10', days: days + 1 } }
  const facts = { meetingId: 'm', deadlines, findings: [], asked: [], people, ...given }
  return remindersOf(facts).map(({ userId, subjectId }) => `${userId} ${subjectId.slice(2)}`)
}

const near = 'agenda 2019-09-09 near'

it.each<[string, number, Partial<TurnFacts>, string[]]>([
  ['nobody while there is time', 3, {}, []],
  ['the secretariat when all is ready', 2, {}, [`sec ${near}`]],
  [
    'the chair whose approval is wanted, and not the secretariat',
    2,
    { findings: [{ code: 'in-review' }], asked: ['chair'] },
    [`chair ${near}`],
  ],
  [
    'both when both have something to do',
    1,
    { findings: [{ code: 'lapsed' }, { code: 'not-submitted' }], asked: ['viceChair'] },
    [`sec ${near}`, `vice ${near}`],
  ],
  ['again on the day', 0, {}, ['sec agenda 2019-09-09 today']],
  [
    'and when it has passed',
    -3,
    { findings: [{ code: 'agenda-deadline-passed' }] },
    ['sec agenda 2019-09-09 passed'],
  ],
  [
    'the secretariat of annexes that are missing',
    1,
    { findings: [{ code: 'annex-missing' }] },
    [`sec ${near}`, 'sec material 2019-09-10 near'],
  ],
])('reminds %s', (_, days, given, expected) => {
  expect(told(days, given)).toEqual(expected)
})
