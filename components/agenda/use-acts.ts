'use client'

import { useLocale, useTranslations } from 'next-intl'
import { createContext, useContext, useMemo } from 'react'
import { useAnnounce } from '@/components/ui/live-region.tsx'
import { useToast } from '@/components/ui/toast.tsx'
import * as actions from '@/lib/agenda/actions.ts'
import type { AgendaView, AnnexView, ItemView, SectionView } from '@/lib/agenda/schema.ts'
import { submit } from '@/lib/approval/actions.ts'
import type { Answer } from '@/lib/errors.ts'
import {
  type Change,
  findItem,
  movingItem,
  movingSection,
  placeBeside,
  removingAnnex,
  removingItem,
  removingSection,
  renamingSection,
} from './arrangement.ts'

type Perform = <T>(change: Change | null, act: () => Promise<Answer<T>>) => Promise<Answer<T>>
export type Acts = ReturnType<typeof useWorkspaceActs>

const ActsContext = createContext<Acts | null>(null)
export const ActsProvider = ActsContext.Provider

/** What a person can do to the agenda from anywhere in the workspace. */
export function useActs(): Acts {
  const acts = useContext(ActsContext)
  if (!acts) throw new Error('useActs needs an ActsProvider around it')
  return acts
}

type Options = { agenda: AgendaView; perform: Perform; refreshAll: () => void }

/** Makes the acts of one agenda: each shows at once, tells what it did, and offers undo where it takes away. */
export function useWorkspaceActs({ agenda, perform, refreshAll }: Options) {
  const t = useTranslations('agenda')
  const e = useTranslations('errors')
  const locale = useLocale()
  const announce = useAnnounce()
  const toast = useToast()

  return useMemo(() => {
    async function run<T>(change: Change | null, act: () => Promise<Answer<T>>): Promise<Answer<T>> {
      const answer = await perform(change, act)
      if (!answer.ok) toast({ text: e(answer.code) })
      return answer
    }

    /** Takes away at once, and puts back by the toast's one act. */
    async function remove(
      change: Change,
      what: string,
      act: () => Promise<Answer<unknown>>,
      back: () => Promise<Answer<unknown>>,
    ) {
      const answer = await run(change, act)
      if (!answer.ok) return
      announce(what)
      toast({ text: what, act: { label: t('undo'), perform: () => void run(null, back) } })
    }

    async function moveItem(item: ItemView, to: { sectionId: string; at: number }) {
      const change = movingItem(item.id, to.sectionId, to.at)
      const number = findItem(change(agenda), item.id)?.item.number ?? ''
      announce(t('outline.moved', { title: item.title, number }))
      await run(change, () => actions.moveItem({ itemId: item.id, ...to }))
    }

    async function moveSection(section: SectionView, at: number) {
      if (at < 0 || at >= agenda.sections.length) return
      announce(t('outline.moved', { title: section.title, number: `${at + 1}` }))
      await run(movingSection(section.id, at), () => actions.moveSection({ sectionId: section.id, at }))
    }

    return {
      moveItem,
      moveSection,
      async stepItem(item: ItemView, step: -1 | 1) {
        const to = placeBeside(agenda, item.id, step)
        if (to) await moveItem(item, to)
      },
      addItem: (section: SectionView) =>
        run(null, () => actions.addItem({ sectionId: section.id, title: '', at: section.items.length })),
      addSection: (title: string) =>
        run(null, () =>
          actions.addSection({ meetingId: agenda.meeting.id, title, at: agenda.sections.length }),
        ),
      renameSection: (section: SectionView, title: string) =>
        run(renamingSection(section.id, title), () =>
          actions.renameSection({ sectionId: section.id, title }),
        ),
      deleteItem: (item: ItemView) =>
        remove(
          removingItem(item.id),
          t('item.deleted', { number: item.number }),
          () => actions.deleteItem({ itemId: item.id }),
          () => actions.restoreItem({ itemId: item.id }),
        ),
      deleteSection: (section: SectionView) =>
        remove(
          removingSection(section.id),
          t('section.deleted', { number: section.number }),
          () => actions.deleteSection({ sectionId: section.id }),
          () => actions.restoreSection({ sectionId: section.id }),
        ),
      closeItem: (item: ItemView, publicTitle: string, reason: string) =>
        run(null, () => actions.closeItem({ itemId: item.id, publicTitle, reason })),
      openItem: (item: ItemView) => run(null, () => actions.openItem({ itemId: item.id })),
      addLink: (item: ItemView, title: string, url: string) =>
        perform(null, () => actions.addLink({ itemId: item.id, title, url })),
      uploadAnnex: (item: ItemView, form: FormData) => perform(null, () => upload(item.id, form)),
      deleteAnnex: (annex: AnnexView) =>
        remove(
          removingAnnex(annex.id),
          t('annex.deleted', { title: annex.title }),
          () => actions.deleteAnnex({ annexId: annex.id }),
          () => actions.restoreAnnex({ annexId: annex.id }),
        ),
      async restoreVersion(itemId: string, versionId: string) {
        const answer = await run(null, () => actions.restoreVersion({ itemId, versionId }))
        if (!answer.ok) return false
        refreshAll()
        const text = t(answer.value.changed ? 'version.restored' : 'version.same')
        announce(text)
        toast({ text })
        return true
      },
      async keepNamed(itemId: string, name: string) {
        const answer = await run(null, () => actions.keepNamed({ itemId, name }))
        if (answer.ok) announce(t('version.kept', { name }))
        return answer.ok
      },
      async nameVersion(itemId: string, versionId: string, name: string) {
        return (await run(null, () => actions.nameVersion({ itemId, versionId, name }))).ok
      },
      async submit(itemIds: string[]) {
        const answer = await run(null, () => submit({ meetingId: agenda.meeting.id, itemIds }))
        if (!answer.ok) return
        refreshAll()
        const text = t('send.sent', { count: itemIds.length })
        announce(text)
        toast({ text })
      },
      locale,
    }
  }, [agenda, perform, refreshAll, t, e, locale, announce, toast])
}

async function upload(itemId: string, form: FormData): Promise<Answer<unknown>> {
  const response = await fetch(`/api/items/${itemId}/annexes`, { method: 'POST', body: form })
  return response.json()
}
