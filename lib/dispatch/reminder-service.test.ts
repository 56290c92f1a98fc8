import { expect, test } from 'vitest'
import { db } from '@/lib/db.ts'
import { eachStore } from '@/prisma/testing/each-store.ts'
import { createActor, createAgenda } from '@/prisma/testing/factories.ts'
import { remindAll } from './reminder-service.ts'

await eachStore('Reminders', () => {
  test('go once to those whose turn it is, however many processes remind, and again at the next stage', async () => {
    const { body, meeting } = await createAgenda({ submittedAt: new Date('2019-09-01') })
    const secretary = await createActor({ bodyId: body.id, role: 'secretariat' })
    const chair = await createActor({ bodyId: body.id, role: 'chair', position: 'chair' })
    await createActor({ bodyId: body.id, role: 'member' })
    const failures: unknown[] = []
    const remind = (now: string) => remindAll(new Date(now), (error) => failures.push(error))
    const told = () =>
      db().notice.findMany({ where: { meetingId: meeting.id }, orderBy: { createdAt: 'asc' } })

    await remind('2019-09-04T06:00:00Z')
    expect(await told()).toEqual([])
    await Promise.all([remind('2019-09-05T06:00:00Z'), remind('2019-09-05T06:00:00Z')])
    await remind('2019-09-06T06:00:00Z')
    const near = await told()
    expect(near.map(({ userId }) => userId).sort()).toEqual([secretary.userId, chair.userId].sort())
    expect(near[0]).toMatchObject({ kind: 'deadline-near', data: { deadline: 'agenda', days: 2 } })
    await remind('2019-09-09T06:00:00Z')
    expect(await told()).toHaveLength(4)
    await db().meeting.update({ where: { id: meeting.id }, data: { state: 'dispatched' } })
    await remind('2019-09-10T06:00:00Z')
    expect(await told()).toHaveLength(4)
    expect(failures).toEqual([])
  })
})
