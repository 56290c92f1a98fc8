'use client'

import Link from 'next/link'
import { useTranslations } from 'next-intl'
import { useEffect, useState } from 'react'
import { buttonClass } from '@/components/ui/button.tsx'
import { Icon } from '@/components/ui/icon.tsx'
import { watchNotices } from './news.ts'
import styles from './notice-bell.module.css'

/** The way to one's notices, with how many are unread. */
export function NoticeBell() {
  const t = useTranslations('notices')
  const unread = useUnread()
  const label = t('bell', { unread })
  return (
    <Link href="/besked" className={buttonClass('icon', styles.bell)} aria-label={label} title={label}>
      <Icon name="bell" />
      {unread > 0 && (
        <span className={styles.count} aria-hidden>
          {unread > 99 ? '99+' : unread}
        </span>
      )}
    </Link>
  )
}

function useUnread(): number {
  const [unread, setUnread] = useState(0)
  useEffect(() => {
    let isGone = false
    // What can't be fetched now is fetched at the next look; until then the last number stands.
    const look = () =>
      void fetchUnread().then(
        (found) => {
          if (!isGone) setUnread(found)
        },
        () => undefined,
      )
    look()
    const stop = watchNotices(look)
    return () => {
      isGone = true
      stop()
    }
  }, [])
  return unread
}

async function fetchUnread(): Promise<number> {
  const response = await fetch('/api/notices', { cache: 'no-store' })
  if (!response.ok) throw new Error(`notices answered ${response.status}`)
  const { unread } = await response.json()
  return typeof unread === 'number' ? unread : 0
}
