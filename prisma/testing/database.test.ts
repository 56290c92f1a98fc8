import { expect, test } from 'vitest'
import { readState } from '@/lib/agenda/doc.ts'
import { db, storeKind, transaction } from '@/lib/db.ts'
import { eachStore } from './each-store.ts'
import { createActor, createAgenda, createBody } from './factories.ts'

await eachStore('A test database', () => {
  test('holds an agenda whose document says what its row says', async () => {
    const { item } = await createAgenda({ content: { title: 'Æblerne på Ærø', caseNumber: 'SAG-1' } })
    const row = await db().item.findUniqueOrThrow({ where: { id: item.id }, include: { documents: true } })
    expect(row.title).toBe('Æblerne på Ærø')
    const [update] = await db().documentUpdate.findMany({ where: { documentId: item.documentId } })
    expect(readState(update?.data ?? new Uint8Array())).toEqual(item.content)
    expect(row.content).toEqual(item.content)
    expect(row.projectedSeq).toBe(update?.seq)
  })

  test('rolls a transaction back as a whole', async () => {
    const before = await db().body.count()
    const broken = transaction(async (tx) => {
      await tx.body.create({ data: { slug: 'rolled-back', name: 'Rolled back' } })
      throw new Error('stop')
    })
    await expect(broken).rejects.toThrow('stop')
    expect(await db().body.count()).toBe(before)
  })

  test('keeps concurrent increments of one row apart with a row lock', async () => {
    const body = await createBody({ name: '0' })
    const increment = () =>
      transaction(async (tx) => {
        await tx.$queryRaw`SELECT id FROM "Body" WHERE id = ${body.id} FOR UPDATE`
        const { name } = await tx.body.findUniqueOrThrow({ where: { id: body.id } })
        await tx.body.update({ where: { id: body.id }, data: { name: `${Number(name) + 1}` } })
      })
    await Promise.all(Array.from({ length: 10 }, increment))
    expect((await db().body.findUniqueOrThrow({ where: { id: body.id } })).name).toBe('10')
  })

  test('gives an actor with the membership it was made with', async () => {
    const body = await createBody()
    const actor = await createActor({ bodyId: body.id, role: 'member', side: 'red', readsClosed: false })
    expect(actor.memberships).toEqual([
      {
        bodyId: body.id,
        role: 'member',
        position: null,
        politicalGroup: null,
        side: 'red',
        readsClosed: false,
        recusedFrom: [],
      },
    ])
  })

  test('says which store it is', () => {
    expect(['embedded', 'postgresql']).toContain(storeKind())
  })
})
