import { expect, it } from 'vitest'
import { db } from '@/lib/db.ts'
import { eachStore } from '@/prisma/testing/each-store.ts'
import { createActor, createBody, createMembership } from '@/prisma/testing/factories.ts'
import { bodiesOf, membershipNow, rememberLocale } from './membership-service.ts'

const day = (text: string) => new Date(`${text}T00:00:00Z`)

await eachStore('memberships', () => {
  it('names one’s own bodies only, in Danish order', async () => {
    const [aa, oe] = [await createBody({ name: 'Aarhus' }), await createBody({ name: 'Ølstykke' })]
    await createBody({ name: 'Viborg' })
    const actor = await createActor({ bodyId: aa.id, role: 'secretariat' })
    const memberships = [...actor.memberships, { ...actor.memberships[0], bodyId: oe.id }]
    expect(await bodiesOf({ ...actor, memberships })).toEqual([
      { id: oe.id, name: 'Ølstykke' },
      { id: aa.id, name: 'Aarhus' },
    ])
  })

  it('reads a membership of this very body and person, on the days of its term', async () => {
    const [body, other] = [await createBody(), await createBody()]
    const { userId } = await createActor({ bodyId: other.id, role: 'chair', position: 'chair' })
    await createMembership({
      bodyId: body.id,
      userId,
      role: 'member',
      termFrom: day('2026-01-01'),
      termTo: day('2026-06-30'),
    })
    const on = (date: string) => membershipNow(db(), { bodyId: body.id, userId, today: day(date) })
    expect(await on('2025-12-31')).toBeNull()
    expect(await on('2026-01-01')).toMatchObject({ bodyId: body.id, role: 'member', position: null })
    expect(await on('2026-06-30')).not.toBeNull()
    expect(await on('2026-07-01')).toBeNull()
  })

  it('keeps the language of what is sent to a person, and of nobody else', async () => {
    const body = await createBody()
    const [one, other] = [
      await createActor({ bodyId: body.id, role: 'member' }),
      await createActor({ bodyId: body.id, role: 'member' }),
    ]
    await rememberLocale(one, 'en')
    await rememberLocale(null, 'en')
    const localeOf = async ({ userId }: { userId: string }) =>
      (await db().user.findUniqueOrThrow({ where: { id: userId } })).locale
    expect([await localeOf(one), await localeOf(other)]).toEqual(['en', 'da'])
  })
})
