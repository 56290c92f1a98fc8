import { expect, test } from 'vitest'
import { historyOf, type ToldVerdict, type ToldVersion } from './history.ts'

const hash = 'a'.repeat(64)
const at = (minute: number) => new Date(Date.UTC(2019, 7, 20, 8, minute))

function version(id: string, change: Partial<ToldVersion> = {}): ToldVersion {
  return {
    id,
    reason: 'automatic',
    contentHash: hash,
    visibility: 'open',
    name: null,
    by: null,
    authors: [],
    edition: null,
    restoredAt: null,
    at: at(Number(id)),
    ...change,
  }
}

function verdict(id: string, versionId: string, kind: ToldVerdict['verdict']): ToldVerdict {
  return {
    id,
    verdict: kind,
    versionId,
    name: 'F',
    initials: 'f',
    reason: null,
    contentHash: hash,
    at: at(Number(id)),
  }
}

type Reader = Parameters<typeof historyOf>[2]

const all: Reader = { reads: () => true, bringsBack: () => true }
const open = (visibility: 'open' | 'closed') => visibility === 'open'

function told(versions: ToldVersion[], verdicts: ToldVerdict[], reader = all): string[] {
  return historyOf(versions, verdicts, reader).map(({ kind, versionId, name, isFolded, mayBringBack }) =>
    [kind, versionId ?? '–', name ?? '–', isFolded ? 'folded' : '', mayBringBack ? 'back' : '']
      .join(' ')
      .trim(),
  )
}

test.each<[string, string[], string[]]>([
  [
    'the newest first',
    told([version('1'), version('2', { reason: 'submitted' })], []),
    ['submitted 2 –  back', 'automatic 1 – folded back'],
  ],
  [
    'a version that was given a name is not folded away',
    told([version('1', { name: 'Før mødet' })], []),
    ['automatic 1 Før mødet  back'],
  ],
  [
    'a verdict tells its version, a withdrawal has none',
    told(
      [version('1', { reason: 'approved' })],
      [verdict('1', '1', 'approved'), verdict('2', '1', 'withdrawn')],
    ),
    ['withdrawn – –', 'approved 1 –  back'],
  ],
  [
    'neither words nor name of what may not be read',
    told([version('1', { visibility: 'closed', name: 'Fyringen' })], [], {
      reads: open,
      bringsBack: () => true,
    }),
    ['automatic – –'],
  ],
  [
    'closed words do not come back into an open item',
    told([version('1', { visibility: 'closed', reason: 'closed' })], [], {
      reads: () => true,
      bringsBack: open,
    }),
    ['closed 1 –'],
  ],
])('%s', (_name, given, expected) => {
  expect(given).toEqual(expected)
})
