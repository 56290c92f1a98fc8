import { describe, expect, test } from 'vitest'
import {
  type BodyAct,
  bodyActs,
  canBody,
  canItem,
  type ItemAct,
  itemActs,
  itemPhases,
  phaseOf,
  type Role,
  readsClosedItems,
  roles,
  type Subject,
} from './rules.ts'

// The whole table as it was agreed, written out by hand. A cell lists what is allowed, one letter an act; a dot is
// a refusal. `closed` in the second column: may this membership read closed items?
const letters: Readonly<Record<ItemAct, string>> = {
  read: 'r',
  write: 'w',
  submit: 's',
  approve: 'a',
  comment: 'c',
  moderate: 'm',
  arrange: 'o',
  readSent: 'e',
}
const order = 'rwsacmoe'

const table = `
                        draft               shared              frozen              revised             late                withheld
role           closed   open      closed    open      closed    open      closed    open      closed    open      closed    open      closed
public         -        ........  ........  ........  ........  ........  ........  ........  ........  ........  ........  ........  ........
secretariat    yes      rws.cmo.  rws.cmo.  rws.cmo.  rws.cmo.  r...cm.e  r...cm.e  rws.cmoe  rws.cmoe  rws.cmo.  rws.cmo.  r...cm..  r...cm..
secretariat    no       rws.cmo.  rws.cmo.  rws.cmo.  rws.cmo.  r...cm.e  r...cm.e  rws.cmoe  rws.cmoe  rws.cmo.  rws.cmo.  r...cm..  r...cm..
chair          yes      r...c...  r...c...  r..acm..  r..acm..  r...cm.e  r...cm.e  r..acm.e  r..acm.e  r..acm..  r..acm..  r...cm..  r...cm..
chair          no       r...c...  r...c...  r..acm..  r..acm..  r...cm.e  r...cm.e  r..acm.e  r..acm.e  r..acm..  r..acm..  r...cm..  r...cm..
member         yes      ........  ........  r...c...  r...c...  r...c..e  r...c..e  ....c..e  ....c..e  ........  ........  ........  ........
member         no       ........  ........  r...c...  ........  r...c..e  ........  ....c..e  ........  ........  ........  ........  ........
substitute     yes      ........  ........  r...c...  r...c...  r...c..e  r...c..e  ....c..e  ....c..e  ........  ........  ........  ........
substitute     no       ........  ........  r...c...  ........  r...c..e  ........  ....c..e  ........  ........  ........  ........  ........
observer       yes      ........  ........  r.......  ........  r......e  ........  .......e  ........  ........  ........  ........  ........
observer       no       ........  ........  r.......  ........  r......e  ........  .......e  ........  ........  ........  ........  ........
administrator  yes      ........  ........  ........  ........  ........  ........  ........  ........  ........  ........  ........  ........
administrator  no       ........  ........  ........  ........  ........  ........  ........  ........  ........  ........  ........  ........
`

const bodyTable = `
role           readAgenda  arrangeAgenda  importAgenda  openWorkspace  dispatchAgenda  manageMail  planMeetings  editTemplate  administer
public         .           .              .             .              .               .           .             .             .
secretariat    yes         yes            yes           yes            yes             yes         yes           yes           .
chair          yes         .              .             yes            .               .           .             .             .
member         yes         .              .             .              .               .           .             .             .
substitute     yes         .              .             .              .               .           .             .             .
observer       yes         .              .             .              .               .           .             .             .
administrator  .           .              .             .              .               .           .             yes           yes
`

type Row = { name: string; closed: string; cells: string[] }

function rowsOf(text: string, headLines: number): string[][] {
  return text
    .trim()
    .split('\n')
    .slice(headLines)
    .map((line) => line.trim().split(/\s+/))
}

const rows: Row[] = rowsOf(table, 2).map(([name = '', closed = '', ...cells]) => ({ name, closed, cells }))

function subjectOf(name: string, closed: string): Subject {
  const role = roles.find((known) => known === name)
  return role ? { role, readsClosed: closed === 'yes', recusedFrom: [] } : null
}

const columns = itemPhases.flatMap((phase) =>
  (['open', 'closed'] as const).map((visibility) => ({ phase, visibility })),
)

describe('the table of rights to an item', () => {
  test('has every role, with and without closed items, every column and every act', () => {
    expect(rows.map(({ name, closed }) => `${name} ${closed}`)).toEqual([
      'public -',
      ...roles.flatMap((role: Role) => [`${role} yes`, `${role} no`]),
    ])
    expect(rows.map(({ cells }) => cells.length)).toEqual(rows.map(() => columns.length))
    expect(itemActs.map((act) => letters[act]).join('')).toBe(order)
  })

  const cases = rows.flatMap(({ name, closed, cells }) =>
    columns.map((column, at) => ({ ...column, name, closed, cell: cells[at] ?? '' })),
  )
  test.each(cases)('$name (closed: $closed), $phase, $visibility: $cell', (given) => {
    const subject = subjectOf(given.name, given.closed)
    const item = { id: 'item', phase: given.phase, visibility: given.visibility }
    const answer = itemActs.map((act) => (canItem(subject, act, item) ? letters[act] : '.')).join('')
    expect(answer).toBe(given.cell)
  })
})

test('who is disqualified from an item has no right to it, whatever their role and its phase', () => {
  const cases = columns.flatMap((column) => roles.map((role) => ({ ...column, role })))
  for (const { role, ...column } of cases) {
    const subject: Subject = { role, readsClosed: true, recusedFrom: ['item'] }
    expect(itemActs.filter((act) => canItem(subject, act, { id: 'item', ...column }))).toEqual([])
    const free = { ...subject, recusedFrom: [] }
    const other = { id: 'other', ...column }
    expect(itemActs.filter((act) => canItem(subject, act, other))).toEqual(
      itemActs.filter((act) => canItem(free, act, other)),
    )
  }
})

describe('the table of rights to a body', () => {
  const bodyRows = rowsOf(bodyTable, 1)

  test('has every role and every act', () => {
    expect(bodyRows.map(([name]) => name)).toEqual(['public', ...roles])
    expect(rowsOf(bodyTable, 0)[0]).toEqual(['role', ...bodyActs])
  })

  const cases = bodyRows.flatMap(([name = '', ...cells]) =>
    bodyActs.map((act: BodyAct, at) => ({ name, act, isAllowed: cells[at] === 'yes' })),
  )
  test.each(cases)('$name, $act: $isAllowed', ({ name, act, isAllowed }) => {
    for (const closed of ['yes', 'no']) expect(canBody(subjectOf(name, closed), act)).toBe(isAllowed)
  })
})

test.each([
  [null, false],
  [{ role: 'secretariat', readsClosed: false }, true],
  [{ role: 'chair', readsClosed: false }, true],
  [{ role: 'member', readsClosed: true }, true],
  [{ role: 'member', readsClosed: false }, false],
  [{ role: 'substitute', readsClosed: true }, true],
  [{ role: 'substitute', readsClosed: false }, false],
  [{ role: 'observer', readsClosed: true }, false],
  [{ role: 'administrator', readsClosed: true }, false],
] as const)('%o reads closed items: %s', (subject, expected) => {
  expect(readsClosedItems(subject && { ...subject, recusedFrom: [] })).toBe(expected)
})

test.each([
  // submitted, sent, state, revision, editions, phase
  [false, false, 'preparing', null, 0, 'draft'],
  [true, false, 'preparing', null, 0, 'shared'],
  [true, true, 'dispatched', null, 1, 'frozen'],
  [false, true, 'dispatched', null, 1, 'frozen'],
  [false, false, 'dispatched', null, 0, 'frozen'],
  [true, true, 'dispatched', 'edition', 1, 'revised'],
  [true, true, 'dispatched', 'supplement', 1, 'frozen'],
  [false, false, 'dispatched', 'edition', 1, 'draft'],
  [true, false, 'dispatched', 'edition', 1, 'late'],
  [false, false, 'dispatched', 'supplement', 1, 'draft'],
  [true, false, 'dispatched', 'supplement', 1, 'late'],
  [false, false, 'dispatched', null, 1, 'withheld'],
  [true, false, 'held', 'supplement', 1, 'withheld'],
  [true, true, 'held', 'edition', 1, 'frozen'],
  [true, true, 'recorded', null, 2, 'frozen'],
] as const)('submitted %s, sent %s, %s towards %s, %i editions: %s', (...given) => {
  const [submitted, sent, state, revision, editionCount, expected] = given
  expect(phaseOf({ submitted, sent }, { state, revision, editionCount })).toBe(expected)
})
