import { describe, expect, it } from 'vitest'
import { db } from '@/lib/db.ts'
import { canItem } from '@/lib/identity/rules.ts'
import { eachStore } from '@/prisma/testing/each-store.ts'
import { createActor, createAgenda, createItem, createSection } from '@/prisma/testing/factories.ts'
import { signalsOf } from '@/prisma/testing/signals.ts'
import { addAnnexFile, addLink, deleteAnnex, readAnnex, restoreAnnex } from './annex-service.ts'
import {
  addItem,
  addSection,
  deleteItem,
  deleteSection,
  moveItem,
  moveSection,
  renameSection,
  restoreItem,
  restoreSection,
} from './arrange-service.ts'
import { exactItem, itemFor, loadAgenda, readableItems } from './service.ts'
import { closeItem, openItem } from './visibility-service.ts'

async function stage() {
  const agenda = await createAgenda({ submittedAt: new Date(0) })
  const bodyId = agenda.body.id
  return {
    ...agenda,
    secretary: await createActor({ bodyId, role: 'secretariat', initials: 'jhp' }),
    chair: await createActor({ bodyId, role: 'chair', position: 'chair' }),
    member: await createActor({ bodyId, role: 'member', readsClosed: false }),
    stranger: await createActor({ bodyId: (await createAgenda()).body.id, role: 'secretariat' }),
  }
}

async function outline(actor: Parameters<typeof loadAgenda>[0], meetingId: string) {
  const agenda = await loadAgenda(actor, meetingId)
  return agenda.sections.map((section) => [
    `${section.number} ${section.title}`,
    ...section.items.map((item) => `${item.number} ${item.title}`),
  ])
}

async function acts(subjectId: string): Promise<string[]> {
  const rows = await db().auditEvent.findMany({ where: { subjectId }, orderBy: { seq: 'asc' } })
  return rows.map((row) => row.act)
}

await eachStore('the agenda', () => {
  describe('arranging', () => {
    it('adds, renames, moves, deletes and restores sections and items, and numbers them anew', async () => {
      const { meeting, section, item, secretary } = await stage()
      const { id: second } = await addSection(secretary, {
        meetingId: meeting.id,
        title: 'Eventuelt',
        at: 99,
      })
      const { id: added } = await addItem(secretary, { sectionId: section.id, title: 'Nyt punkt', at: 0 })
      expect(await outline(secretary, meeting.id)).toEqual([
        ['1 Sager', '1.1 Nyt punkt', '1.2 Prøvesag'],
        ['2 Eventuelt'],
      ])
      await moveItem(secretary, { itemId: item.id, sectionId: second, at: 0 })
      await moveSection(secretary, { sectionId: second, at: 0 })
      await renameSection(secretary, { sectionId: second, title: 'Først' })
      expect(await outline(secretary, meeting.id)).toEqual([
        ['1 Først', '1.1 Prøvesag'],
        ['2 Sager', '2.1 Nyt punkt'],
      ])
      await deleteSection(secretary, { sectionId: second })
      await deleteItem(secretary, { itemId: added })
      expect(await outline(secretary, meeting.id)).toEqual([['1 Sager']])
      await restoreSection(secretary, { sectionId: second })
      await restoreItem(secretary, { itemId: added })
      expect(await outline(secretary, meeting.id)).toEqual([
        ['1 Først', '1.1 Prøvesag'],
        ['2 Sager', '2.1 Nyt punkt'],
      ])
      expect(await acts(added)).toEqual(['item-added', 'item-deleted', 'item-restored'])
      expect(await acts(item.id)).toEqual(['item-moved'])
    })

    it('keeps a dense order when two people move at once', async () => {
      const { meeting, section, secretary } = await stage()
      const ids: string[] = []
      for (const title of ['a', 'b', 'c', 'd']) {
        ids.push((await addItem(secretary, { sectionId: section.id, title, at: 99 })).id)
      }
      await Promise.all(
        ids.map((itemId, at) => moveItem(secretary, { itemId, sectionId: section.id, at: 3 - at })),
      )
      const [only] = (await loadAgenda(secretary, meeting.id)).sections
      expect(only?.items.map((item) => item.number)).toEqual(['1.1', '1.2', '1.3', '1.4', '1.5'])
      const rows = await db().item.findMany({
        where: { sectionId: section.id },
        orderBy: { position: 'asc' },
      })
      expect(rows.map((row) => row.position)).toEqual([0, 1, 2, 3, 4])
    })

    it('is for the secretariat of the body only, and for nobody once the agenda is dispatched', async () => {
      const { meeting, section, item, secretary, chair, member, stranger } = await stage()
      const move = { itemId: item.id, sectionId: section.id, at: 0 }
      await expect(moveItem(member, move)).rejects.toThrow('forbidden')
      await expect(moveItem(chair, move)).rejects.toThrow('forbidden')
      await expect(moveItem(stranger, move)).rejects.toThrow('not-found')
      await db().meeting.update({ where: { id: meeting.id }, data: { state: 'dispatched' } })
      await expect(moveItem(secretary, move)).rejects.toThrow('agenda-frozen')
      expect(await acts(item.id)).toEqual([])
    })

    it('never moves an item into another meeting', async () => {
      const { item, secretary, body } = await stage()
      const meeting = await db().meeting.create({
        data: { bodyId: body.id, startsAt: new Date(), place: 'x' },
      })
      const elsewhere = await createSection({ meetingId: meeting.id })
      const move = { itemId: item.id, sectionId: elsewhere.id, at: 0 }
      await expect(moveItem(secretary, move)).rejects.toThrow('not-found')
    })

    it('puts nothing into a section that was deleted meanwhile, and deletes nothing twice', async () => {
      const { section, item, secretary, meeting } = await stage()
      const { id: other } = await addSection(secretary, { meetingId: meeting.id, title: 'x', at: 1 })
      await moveItem(secretary, { itemId: item.id, sectionId: other, at: 0 })
      await deleteSection(secretary, { sectionId: section.id })
      const gone = { sectionId: section.id, title: 'x', at: 0 }
      await expect(addItem(secretary, gone)).rejects.toThrow('not-found')
      await expect(moveItem(secretary, { itemId: item.id, ...gone })).rejects.toThrow('not-found')
      await expect(renameSection(secretary, gone)).rejects.toThrow('not-found')
      await expect(deleteSection(secretary, gone)).rejects.toThrow('not-found')
      expect(await acts(section.id)).toEqual(['section-deleted'])
    })

    it('has those judged anew who write in an item of a deleted section', async () => {
      const { section, item, secretary } = await stage()
      const signals = await signalsOf(() => deleteSection(secretary, { sectionId: section.id }))
      expect(signals).toContainEqual({ kind: 'item-rights-changed', itemId: item.id })
    })

    it('tells the meeting after the commit', async () => {
      const { meeting, section, secretary } = await stage()
      const signals = await signalsOf(() => addItem(secretary, { sectionId: section.id, title: 'x', at: 0 }))
      expect(signals).toEqual([{ kind: 'meeting-changed', meetingId: meeting.id, what: 'agenda' }])
    })
  })

  describe('reading', () => {
    it('looks the same to a stranger whether the agenda exists or not', async () => {
      const { meeting, item, stranger } = await stage()
      await expect(loadAgenda(stranger, meeting.id)).rejects.toThrow('not-found')
      await expect(loadAgenda(null, meeting.id)).rejects.toThrow('not-found')
      await expect(itemFor(stranger, item.id, 'read')).rejects.toThrow('not-found')
      await expect(itemFor(stranger, meeting.id, 'read')).rejects.toThrow('not-found')
    })

    it('lists for a member only what the member may read', async () => {
      const { meeting, section, item, member } = await stage()
      await createItem({ meetingId: meeting.id, sectionId: section.id, position: 1 })
      const { items } = await readableItems(member, meeting.id)
      expect(items.map(({ id }) => id)).toEqual([item.id])
      const reader = { role: 'member', readsClosed: false, recusedFrom: [] } as const
      expect(items.every(({ facts }) => canItem(reader, 'read', facts))).toBe(true)
    })

    it('computes the exact hash from the log, the same as the projection says', async () => {
      const { item } = await stage()
      const exact = await db().$transaction((tx) => exactItem(tx, item.id))
      expect(exact.contentHash).toBe(item.contentHash)
    })
  })

  describe('closing and opening', () => {
    it('starts a new document, keeps the old words as a version and takes the item from those without the right', async () => {
      const { item, meeting, secretary, member } = await stage()
      const signals = await signalsOf(() =>
        closeItem(secretary, { itemId: item.id, publicTitle: 'Ejendom', reason: 'Økonomi' }),
      )
      expect(signals[0]).toEqual({ kind: 'item-rights-changed', itemId: item.id })
      const documents = await db().document.findMany({
        where: { itemId: item.id },
        orderBy: { generation: 'asc' },
      })
      expect(documents.map(({ generation }) => generation)).toEqual([1, 2])
      expect(documents[0]?.firstState).not.toEqual(documents[1]?.firstState)
      const [view] = (await loadAgenda(member, meeting.id)).sections[0]?.items ?? []
      expect([view?.title, view?.content, view?.contentHash]).toEqual(['Ejendom', null, null])
      await expect(itemFor(member, item.id, 'read')).rejects.toThrow('not-found')
      const closed = await db().item.findUniqueOrThrow({ where: { id: item.id } })
      expect(closed.contentHash).not.toBe(item.contentHash)
      await openItem(secretary, { itemId: item.id })
      const opened = await db().item.findUniqueOrThrow({ where: { id: item.id } })
      expect([opened.generation, opened.contentHash]).toEqual([3, item.contentHash])
      expect(await db().version.count({ where: { itemId: item.id } })).toBe(2)
      expect(await acts(item.id)).toEqual(['item-closed', 'item-opened'])
    })

    it('done twice keeps the document, and takes the newer public title', async () => {
      const { item, meeting, secretary, member } = await stage()
      const close = (publicTitle: string) =>
        closeItem(secretary, { itemId: item.id, publicTitle, reason: '' })
      await close('Ejendom')
      await close('Køb af ejendom')
      const closed = await db().item.findUniqueOrThrow({ where: { id: item.id } })
      expect([closed.generation, closed.publicTitle]).toEqual([2, 'Køb af ejendom'])
      const [view] = (await loadAgenda(member, meeting.id)).sections[0]?.items ?? []
      expect(view?.title).toBe('Køb af ejendom')
      await openItem(secretary, { itemId: item.id })
      await openItem(secretary, { itemId: item.id })
      expect((await db().item.findUniqueOrThrow({ where: { id: item.id } })).generation).toBe(3)
      expect(await db().version.count({ where: { itemId: item.id } })).toBe(2)
    })

    it('asks for a public title and is for the secretariat', async () => {
      const { item, secretary, chair } = await stage()
      const bare = { itemId: item.id, publicTitle: '', reason: '' }
      expect(() => closeItem(secretary, bare)).toThrow('public-title-missing')
      await expect(closeItem(chair, { ...bare, publicTitle: 'x' })).rejects.toThrow('forbidden')
    })
  })

  describe('annexes', () => {
    const pdf = new TextEncoder().encode('%PDF-1.7 prøve')

    it('keeps a file, gives it back to those who may read the item, and changes the content hash', async () => {
      const { item, secretary, member, stranger } = await stage()
      const { id } = await addAnnexFile(secretary, {
        itemId: item.id,
        title: '',
        fileName: '../Årsrapport 2026.pdf',
        data: pdf,
      })
      const file = await readAnnex(member, id)
      expect([file.fileName, file.contentType]).toEqual(['Årsrapport 2026.pdf', 'application/pdf'])
      expect(new Uint8Array(file.data)).toEqual(pdf)
      await expect(readAnnex(stranger, id)).rejects.toThrow('not-found')
      const hash = async () => (await db().item.findUniqueOrThrow({ where: { id: item.id } })).contentHash
      const withAnnex = await hash()
      expect(withAnnex).not.toBe(item.contentHash)
      await deleteAnnex(secretary, { annexId: id })
      expect(await hash()).toBe(item.contentHash)
      await expect(readAnnex(member, id)).rejects.toThrow('not-found')
      await restoreAnnex(secretary, { annexId: id })
      expect(await hash()).toBe(withAnnex)
      expect(await acts(id)).toEqual(['annex-added', 'annex-deleted', 'annex-restored'])
    })

    it('of a closed item go to nobody without the right, nor those of a deleted one', async () => {
      const { item, body, secretary, member } = await stage()
      const entitled = await createActor({ bodyId: body.id, role: 'member', readsClosed: true })
      const { id } = await addAnnexFile(secretary, {
        itemId: item.id,
        title: '',
        fileName: 'a.pdf',
        data: pdf,
      })
      await closeItem(secretary, { itemId: item.id, publicTitle: 'Ejendom', reason: '' })
      await expect(readAnnex(member, id)).rejects.toThrow('not-found')
      expect((await readAnnex(entitled, id)).fileName).toBe('a.pdf')
      await deleteItem(secretary, { itemId: item.id })
      await expect(readAnnex(entitled, id)).rejects.toThrow('not-found')
    })

    it.each([
      ['page.html', '<script>alert(1)</script>'],
      ['picture.svg', '<svg onload="alert(1)"/>'],
      ['archive.zip', 'PK\u0003\u0004'],
      ['page.pdf', '<script>alert(1)</script>'],
    ])('refuses %s', async (fileName, text) => {
      const { item, secretary } = await stage()
      const file = { itemId: item.id, title: '', fileName, data: new TextEncoder().encode(text) }
      await expect(addAnnexFile(secretary, file)).rejects.toThrow('annex-type-refused')
    })

    it('takes safe links only, and none from a member', async () => {
      const { item, secretary, member } = await stage()
      const link = { itemId: item.id, title: 'Bilag', url: 'https://kl.dk/bilag' }
      await addLink(secretary, link)
      await expect(addLink(secretary, { ...link, url: 'javascript:alert(1)' })).rejects.toThrow(
        'link-refused',
      )
      await expect(addLink(member, link)).rejects.toThrow('forbidden')
    })
  })
})
