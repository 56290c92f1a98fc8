import { describe, expect, test } from 'vitest'
import { type ItemFacts, itemPhases, type Role, roles } from '@/lib/identity/rules.ts'
import type { Actor } from '@/lib/identity/schema.ts'
import { closeCodes } from '@/lib/sync/close-codes.ts'
import {
  askOnce,
  type Claim,
  type GateSources,
  isAllowedOrigin,
  judge,
  readClaim,
  reviewGrant,
} from './gate.ts'

const id = '019a0000-0000-7000-8000-000000000001'

describe('[R1] origins', () => {
  const server = { host: '127.0.0.1:3000', publicUrl: 'https://dagsorden.example' }
  test.each([
    ['https://dagsorden.example', true],
    ['http://127.0.0.1:3000', true],
    ['https://127.0.0.1:3000', true],
    [undefined, false],
    ['', false],
    ['null', false],
    ['http://dagsorden.example', false],
    ['https://dagsorden.example:8443', false],
    ['https://ond.dagsorden.example', false],
    ['https://dagsorden.example.ond.dk', false],
    ['https://xdagsorden.example', false],
    ['https://dagsorden.example/', false],
    ['http://127.0.0.1:3001', false],
    ['http://localhost:3000', false],
    ['file://', false],
    ['chrome-extension://127.0.0.1:3000', false],
  ])('%s → %s', (origin, isAllowed) => {
    expect(isAllowedOrigin(origin, server)).toBe(isAllowed)
  })
})

describe('reading a claim', () => {
  test.each([
    [`/sync/item/${id}`, { room: { kind: 'item', id }, generation: null, wantsToWrite: false }],
    [
      `/sync/item/${id}?generation=3&write=1`,
      { room: { kind: 'item', id }, generation: 3, wantsToWrite: true },
    ],
    [
      `/sync/meeting/${id}`,
      { room: { kind: 'meeting', id }, generation: null, since: null, wantsToWrite: false },
    ],
    [`/sync/meeting/${id}?since=1795870800000`, { room: { kind: 'meeting', id }, since: 1_795_870_800_000 }],
    [`/sync/meeting/${id}?since=x`, { since: 0 }],
    [`/sync/meeting/${id}?since=`, { since: 0 }],
    [`/sync/item/${id}/..`, { room: null }],
    [`/sync/item/${id.toUpperCase()}`, { room: null }],
    ['/sync/', { room: null }],
    [`/other/item/${id}`, { room: null }],
  ])('%s', (url, claim) => {
    expect(readClaim({ url, headers: { cookie: 'c' } })).toMatchObject({ ...claim, cookies: 'c' })
  })

  test('[R3] a generation that is no number matches none', () => {
    expect(readClaim({ url: `/sync/item/${id}?generation=x`, headers: {} }).generation).toBeNaN()
  })
})

function actorWith(role: Role, bodyId = 'body'): Actor {
  const held = { position: null, politicalGroup: null, side: null, readsClosed: true, recusedFrom: [] }
  return { userId: 'user', name: 'Jens', initials: 'jhp', memberships: [{ bodyId, role, ...held }] }
}

function sourcesOf(
  given: { actor?: Actor | null; facts?: ItemFacts; generation?: number } = {},
): GateSources {
  const {
    actor = actorWith('secretariat'),
    facts = { id, phase: 'draft', visibility: 'open' },
    generation = 2,
  } = given
  return {
    actor: async () => actor,
    item: async (itemId) => (itemId === id ? { bodyId: 'body', generation, facts } : null),
    meetingBody: async (meetingId) => (meetingId === id ? 'body' : null),
  }
}

const itemClaim: Claim = {
  room: { kind: 'item', id },
  generation: null,
  since: null,
  wantsToWrite: false,
  cookies: 'c',
}
const meetingClaim: Claim = { ...itemClaim, room: { kind: 'meeting', id } }
const refused = { ok: false, code: closeCodes.refused }
const elsewhere = '019a0000-0000-7000-8000-000000000002'

test.each([
  ['no session', itemClaim, { actor: null }],
  ['no membership', itemClaim, { actor: actorWith('secretariat', 'other') }],
  ['no right', itemClaim, { actor: actorWith('member') }],
  ['no such item', { ...itemClaim, room: { kind: 'item', id: elsewhere } as const }, {}],
  ['a malformed room', { ...itemClaim, room: null }, {}],
  ['no right and another generation', { ...itemClaim, generation: 1 }, { actor: actorWith('observer') }],
  ['no session for a meeting', meetingClaim, { actor: null }],
  ['no such meeting', { ...meetingClaim, room: { kind: 'meeting', id: elsewhere } as const }, {}],
  ['a meeting of another body', meetingClaim, { actor: actorWith('member', 'other') }],
])('[R2] %s is refused like any other', async (_what, claim, given) => {
  expect(await judge(claim, sourcesOf(given))).toEqual(refused)
})

test.each([
  [null, true],
  [2, true],
  [1, false],
  [3, false],
  [Number.NaN, false],
])('[R3] generation %s of an item at 2', async (generation, isLet) => {
  const verdict = await judge({ ...itemClaim, generation }, sourcesOf())
  if (isLet) expect(verdict).toMatchObject({ ok: true, grant: { room: { generation: 2 } } })
  else expect(verdict).toEqual({ ok: false, code: closeCodes.otherGeneration })
})

describe('[R4] who reads and who writes', () => {
  const reading = (role: Role, phase: ItemFacts['phase']) =>
    role === 'secretariat' ||
    role === 'chair' ||
    (role !== 'administrator' && (phase === 'shared' || phase === 'frozen'))
  const cases = roles.flatMap((role) => itemPhases.map((phase) => [role, phase] as const))
  test.each(cases)('%s of a %s item', async (role, phase) => {
    const sources = sourcesOf({ actor: actorWith(role), facts: { id, phase, visibility: 'open' } })
    const verdict = await judge(itemClaim, sources)
    const canWrite = role === 'secretariat' && phase !== 'frozen' && phase !== 'withheld'
    if (!reading(role, phase)) expect(verdict).toEqual(refused)
    else expect(verdict).toMatchObject({ ok: true, grant: { canWrite } })
    const writing = await judge({ ...itemClaim, wantsToWrite: true }, sources)
    if (reading(role, phase) && !canWrite) expect(writing).toEqual({ ok: false, code: closeCodes.readOnly })
    else expect(writing).toEqual(verdict)
  })
})

test.each(roles)('[R5] a meeting’s room and %s', async (role) => {
  const verdict = await judge(meetingClaim, sourcesOf({ actor: actorWith(role) }))
  const seesPresence = role === 'secretariat' || role === 'chair'
  if (role === 'administrator') expect(verdict).toEqual(refused)
  else expect(verdict).toMatchObject({ ok: true, grant: { canWrite: false, seesPresence, user: { role } } })
})

describe('[R6] judging anew', () => {
  const review = async (before: GateSources, after: GateSources) => {
    const held = await judge(itemClaim, before)
    if (!held.ok) throw new Error('The test gives nothing to review')
    return reviewGrant(held.grant, await judge(itemClaim, after))
  }
  const shared = { id, phase: 'shared', visibility: 'open' } as const
  test.each([
    ['nothing changed', sourcesOf(), null],
    ['the right is gone', sourcesOf({ actor: null }), closeCodes.refused],
    ['the document was replaced', sourcesOf({ generation: 3 }), closeCodes.otherGeneration],
    ['the role changed', sourcesOf({ actor: actorWith('chair') }), closeCodes.rightsChanged],
    [
      'it may no longer write',
      sourcesOf({ facts: { ...shared, phase: 'frozen' } }),
      closeCodes.rightsChanged,
    ],
    ['another phase with the same rights', sourcesOf({ facts: shared }), null],
  ])('%s', async (_what, after, code) => {
    expect(await review(sourcesOf(), after)).toBe(code)
  })
})

test('[R6] many sockets judged at one moment ask each question once', async () => {
  let asked = 0
  const once = askOnce({
    ...sourcesOf(),
    item: async () => {
      asked++
      return null
    },
  })
  await Promise.all([judge(itemClaim, once), judge(itemClaim, once)])
  expect(asked).toBe(1)
})
