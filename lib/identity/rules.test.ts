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
}
const order = 'rwsacmo'

const table = `
                        draft              shared             frozen
role           closed   open     closed    open     closed    open     closed
public         -        .......  .......   .......  .......   .......  .......
secretariat    yes      rws.cmo  rws.cmo   rws.cmo  rws.cmo   r...cm.  r...cm.
secretariat    no       rws.cmo  rws.cmo   rws.cmo  rws.cmo   r...cm.  r...cm.
chair          yes      r...c..  r...c..   r..acm.  r..acm.   r...cm.  r...cm.
chair          no       r...c..  r...c..   r..acm.  r..acm.   r...cm.  r...cm.
member         yes      .......  .......   r...c..  r...c..   r...c..  r...c..
member         no       .......  .......   r...c..  .......   r...c..  .......
substitute     yes      .......  .......   r...c..  r...c..   r...c..  r...c..
substitute     no       .......  .......   r...c..  .......   r...c..  .......
observer       yes      .......  .......   r......  .......   r......  .......
observer       no       .......  .......   r......  .......   r......  .......
administrator  yes      .......  .......   .......  .......   .......  .......
administrator  no       .......  .......   .......  .......   .......  .......
`

const bodyTable = `
role           readAgenda  arrangeAgenda  importAgenda  openWorkspace  administer
public         .           .              .             .              .
secretariat    yes         yes            yes           yes            .
chair          yes         .              .             yes            .
member         yes         .              .             .              .
substitute     yes         .              .             .              .
observer       yes         .              .             .              .
administrator  .           .              .             .              yes
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
  return role ? { role, readsClosed: closed === 'yes' } : null
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
    const item = { phase: given.phase, visibility: given.visibility }
    const answer = itemActs.map((act) => (canItem(subject, act, item) ? letters[act] : '.')).join('')
    expect(answer).toBe(given.cell)
  })
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
  expect(readsClosedItems(subject)).toBe(expected)
})

test.each([
  [false, 'preparing', 'draft'],
  [true, 'preparing', 'shared'],
  [false, 'dispatched', 'frozen'],
  [true, 'dispatched', 'frozen'],
  [true, 'held', 'frozen'],
  [true, 'recorded', 'frozen'],
] as const)('submitted %s in a meeting that is %s: %s', (submitted, meetingState, phase) => {
  expect(phaseOf({ submitted, meetingState })).toBe(phase)
})
