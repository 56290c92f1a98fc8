'use client'

import { useLocale, useTranslations } from 'next-intl'
import { lazy, Suspense, useState } from 'react'
import { Icon } from '@/components/ui/icon.tsx'
import { Menu, type MenuItem } from '@/components/ui/menu.tsx'
import { Padlock, StatusChip } from '@/components/ui/status-shape.tsx'
import { kinds, metaMap } from '@/lib/agenda/doc.ts'
import type { ItemView } from '@/lib/agenda/schema.ts'
import type { ItemApprovals } from '@/lib/approval/schema.ts'
import type { ItemChange } from '@/lib/dispatch/schema.ts'
import { formatClock } from '@/lib/i18n/dates.ts'
import styles from './item-meta.module.css'
import type { LiveItem } from './open-items.ts'
import { localOrigin } from './undo.ts'
import { useActs } from './use-acts.ts'
import { useMeta } from './use-live-item.ts'

const AnnexDialog = lazy(async () => ({ default: (await import('./annex-dialog.tsx')).AnnexDialog }))
const TransferDialog = lazy(async () => ({ default: (await import('./transfer-dialog.tsx')).TransferDialog }))
const RecusalDialog = lazy(async () => ({ default: (await import('./recusal-dialog.tsx')).RecusalDialog }))
const ItemOrigin = lazy(async () => ({ default: (await import('./item-origin.tsx')).ItemOrigin }))
const CloseItemDialog = lazy(async () => ({
  default: (await import('./close-item-dialog.tsx')).CloseItemDialog,
}))

type ItemMetaProps = {
  item: ItemView
  live: LiveItem | null
  approvals: ItemApprovals | undefined
  /** How it differs from what was sent last. */
  change: ItemChange['change'] | undefined
}

/** The line under an item's title: case, initials, kind, open or closed, status, annexes. */
export function ItemMeta({ item, live, approvals, change }: ItemMetaProps) {
  const t = useTranslations('agenda')
  return (
    <div className={styles.meta}>
      <MetaText item={item} live={live} name="caseNumber" />
      <MetaText item={item} live={live} name="caseworkers" />
      <KindSelect item={item} live={live} />
      <span className={styles.chip}>
        {item.visibility === 'closed' && <Padlock />}
        {t(`visibility.${item.visibility}`)}
      </span>
      {approvals && <Status approvals={approvals} />}
      {item.annexes.length > 0 && <span>{t('annex.count', { count: item.annexes.length })}</span>}
      {(change === 'changed' || change === 'new') && (
        <span className={styles.change}>{t(`meta.${change}`)}</span>
      )}
      <Suspense>{item.origin && <ItemOrigin origin={item.origin} />}</Suspense>
      {(item.may.write || item.may.moderate) && <ItemMenu item={item} />}
    </div>
  )
}

function Status({ approvals }: { approvals: ItemApprovals }) {
  const t = useTranslations('agenda')
  const locale = useLocale()
  const { status, lapsedAt } = approvals
  const since = status === 'lapsed' && lapsedAt
  return (
    <StatusChip status={status}>
      {since ? t('status.lapsedSince', { time: formatClock(lapsedAt, locale) }) : t(`status.${status}`)}
    </StatusChip>
  )
}

type TextProps = { item: ItemView; live: LiveItem | null; name: 'caseNumber' | 'caseworkers' }

function MetaText({ item, live, name }: TextProps) {
  const t = useTranslations('agenda')
  const content = item.content
  const printed = content ? (name === 'caseNumber' ? content.caseNumber : content.caseworkers.join('/')) : ''
  const value = useMeta(live, name, printed)
  if (!item.may.write) return value ? <span>{value}</span> : null
  return (
    <input
      className={styles.text}
      size={Math.max(value.length, t(`meta.${name}Hint`).length)}
      value={value}
      readOnly={!live}
      placeholder={t(`meta.${name}Hint`)}
      aria-label={t(`meta.${name}`)}
      spellCheck={false}
      autoComplete="off"
      onChange={(event) => write(live, name, event.target.value)}
      onKeyDown={(event) => {
        const undo = (event.ctrlKey || event.metaKey) && event.key.toLowerCase() === 'z'
        if (!undo || !live) return
        event.preventDefault()
        if (event.shiftKey) live.undo.redo()
        else live.undo.undo()
      }}
    />
  )
}

function KindSelect({ item, live }: { item: ItemView; live: LiveItem | null }) {
  const t = useTranslations('agenda')
  const value = useMeta(live, 'kind', item.content?.kind ?? '')
  const known = kinds.find((kind) => kind === value)
  if (!item.may.write) return known ? <span className={styles.chip}>{t(`kind.${known}`)}</span> : null
  return (
    <select
      className={styles.select}
      value={known ?? ''}
      disabled={!live}
      aria-label={t('meta.kind')}
      onChange={(event) => write(live, 'kind', event.target.value)}
    >
      <option value="">{t('meta.kindHint')}</option>
      {kinds.map((kind) => (
        <option key={kind} value={kind}>
          {t(`kind.${kind}`)}
        </option>
      ))}
    </select>
  )
}

function write(live: LiveItem | null, name: 'caseNumber' | 'caseworkers' | 'kind', value: string): void {
  const doc = live?.connection.doc
  doc?.transact(() => metaMap(doc).set(name, value), localOrigin)
}

function ItemMenu({ item }: { item: ItemView }) {
  const t = useTranslations('agenda')
  const acts = useActs()
  const [dialog, setDialog] = useState<'annex' | 'close' | 'transfer' | 'recusal' | null>(null)
  const writing: MenuItem[] = [
    { id: 'annex', label: t('annex.add'), onSelect: () => setDialog('annex') },
    item.visibility === 'open'
      ? { id: 'close', label: t('close.open'), onSelect: () => setDialog('close') }
      : { id: 'open', label: t('close.reopen'), onSelect: () => void acts.openItem(item) },
    { id: 'up', label: t('outline.moveUp'), keys: 'Alt+↑', onSelect: () => void acts.stepItem(item, -1) },
    { id: 'down', label: t('outline.moveDown'), keys: 'Alt+↓', onSelect: () => void acts.stepItem(item, 1) },
    { id: 'transfer', label: t('transfer.open'), onSelect: () => setDialog('transfer') },
    { id: 'delete', label: t('item.delete'), onSelect: () => void acts.deleteItem(item) },
  ]
  const recusal: MenuItem = { id: 'recusal', label: t('recusal.open'), onSelect: () => setDialog('recusal') }
  const items = [...(item.may.write ? writing : []), ...(item.may.moderate ? [recusal] : [])]
  return (
    <>
      <Menu
        look="icon"
        align="start"
        label={t('item.acts', { number: item.number })}
        button={<Icon name="more" />}
        items={items}
      />
      <Suspense>
        {dialog === 'annex' && <AnnexDialog item={item} open onClose={() => setDialog(null)} />}
        {dialog === 'close' && <CloseItemDialog item={item} open onClose={() => setDialog(null)} />}
        {dialog === 'recusal' && <RecusalDialog item={item} onClose={() => setDialog(null)} />}
        {dialog === 'transfer' && <TransferDialog item={item} onClose={() => setDialog(null)} />}
      </Suspense>
    </>
  )
}
