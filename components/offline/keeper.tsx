'use client'

import { useLocale, useTranslations } from 'next-intl'
import { useEffect } from 'react'
import { useToast } from '@/components/ui/toast.tsx'
import { keepFor } from './keeping.ts'
import { installShell } from './shell.ts'
import { Unsent } from './waiting.tsx'

/**
 * Makes what this browser keeps a signed-in person's, keeps it up to date and sends what was written without a net.
 * Where that fails everything works as long as there is a net.
 */
export function Keeper({ userId }: { userId: string }) {
  const t = useTranslations('offline')
  const toast = useToast()
  const locale = useLocale()

  useEffect(() => {
    let end: (() => void) | undefined
    let isOver = false
    keepFor(userId, ({ sent }) => {
      if (sent > 0) toast({ text: t('sent', { count: sent }) })
    }).then(
      (stop) => {
        if (isOver) stop()
        else end = stop
      },
      () => undefined,
    )
    return () => {
      isOver = true
      end?.()
    }
  }, [userId, t, toast])

  useEffect(() => {
    installShell(locale).catch(() => undefined)
  }, [locale])
  return <Unsent />
}
