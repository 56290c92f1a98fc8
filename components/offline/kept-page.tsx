'use client'

import { useLocale, useTranslations } from 'next-intl'
import { useEffect, useState } from 'react'
import { Reader } from '@/components/agenda/reader.tsx'
import { Button } from '@/components/ui/button.tsx'
import { useToast } from '@/components/ui/toast.tsx'
import { formatMeetingTime, formatMoment } from '@/lib/i18n/dates.ts'
import { canKeep } from './can-keep.ts'
import { isAlive, type KeptCopy } from './copy-rules.ts'
import styles from './offline.module.css'
import { onTold } from './told.ts'
import { KeptContext } from './use-offline.ts'
import { Unsent } from './waiting.tsx'

type Shown =
  | { is: 'looking' }
  | { is: 'reading'; copy: KeptCopy }
  | { is: 'list'; copies: KeptCopy[]; isElsewhere: boolean }

/** What is answered without a net: the meeting that was asked for, where it is kept, and else what there is. */
export function KeptPage() {
  const t = useTranslations('offline')
  const toast = useToast()
  const [shown, setShown] = useState<Shown>({ is: 'looking' })
  const [now] = useState(() => new Date())

  useEffect(() => {
    let end: (() => void) | undefined
    let isOver = false
    const look = () => void readKept().then((found) => !isOver && setShown(found))
    look()
    void import('./keeping.ts')
      .then(({ keepOn }) =>
        keepOn(({ sent }) => {
          if (sent > 0) toast({ text: t('sent', { count: sent }) })
        }),
      )
      .then((stop) => {
        if (isOver) stop()
        else end = stop
      })
    const stop = onTold('forgotten', look)
    return () => {
      isOver = true
      stop()
      end?.()
    }
  }, [t, toast])

  if (shown.is === 'looking') return null
  if (shown.is === 'reading') {
    const { edition, threads, readings, fetchedAt, leavesOutClosed } = shown.copy
    const { agenda, ...rest } = edition
    const read = { agenda, edition: rest, threads, readings, now: now.toISOString() }
    return (
      <KeptContext value={{ fetchedAt, leavesOutClosed }}>
        <Reader {...read} />
      </KeptContext>
    )
  }
  return <KeptList {...shown} now={now} />
}

function KeptList({ copies, isElsewhere, now }: { copies: KeptCopy[]; isElsewhere: boolean; now: Date }) {
  const t = useTranslations('offline')
  const locale = useLocale()
  const state = copies.length > 0 ? 'list' : 'nothing'
  return (
    <>
      <Unsent />
      <main id="indhold" className={styles.page}>
        <h1>{t(isElsewhere ? 'notKeptTitle' : `${state}Title`)}</h1>
        <p>{t(isElsewhere ? 'notKept' : state === 'list' ? 'listHint' : 'nothing')}</p>
        {isElsewhere && copies.length > 0 && <h2>{t('listTitle')}</h2>}
        {copies.length > 0 && (
          <ul className={styles.meetings}>
            {copies.map(({ edition: { agenda }, fetchedAt }) => (
              <li key={agenda.meeting.id}>
                {/* Not a link of the router: it would ask the server for the page's parts first. */}
                <a href={`/moeder/${agenda.meeting.id}/laes`}>
                  {agenda.body.name}, {formatMeetingTime(agenda.meeting.startsAt, locale)}
                </a>
                <small>{t('fetched', { when: formatMoment(fetchedAt, now, locale) })}</small>
              </li>
            ))}
          </ul>
        )}
        <Button onClick={() => window.location.reload()}>{t('tryAgain')}</Button>
      </main>
    </>
  )
}

/** What is kept of what this address asks for. What is too old to be trusted is deleted rather than read. */
async function readKept(): Promise<Shown> {
  const path = window.location.pathname
  const wanted = /^\/moeder\/([0-9a-f-]+)\/laes$/.exec(path)?.[1]
  const isElsewhere = path !== '/' && path !== '/offline'
  const none: Shown = { is: 'list', copies: [], isElsewhere }
  if (!canKeep()) return none
  const { ownerNow, all, forgetVault } = await import('./vault.ts')
  const owner = await ownerNow()
  if (!owner) return none
  if (!isAlive(owner.seenAt, Date.now())) {
    await forgetVault()
    return none
  }
  const copies = (await all<KeptCopy>('copies'))
    .map(({ value }) => value)
    .sort((one, other) => startOf(one).localeCompare(startOf(other)))
  const copy = copies.find(({ edition }) => edition.agenda.meeting.id === wanted)
  return copy ? { is: 'reading', copy } : { is: 'list', copies, isElsewhere }
}

function startOf({ edition }: KeptCopy): string {
  return edition.agenda.meeting.startsAt
}
