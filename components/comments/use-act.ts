'use client'

import { useTranslations } from 'next-intl'
import { useContext, useState } from 'react'
import type { Answer, ErrorCode } from '@/lib/errors.ts'
import { ThreadsChangedContext } from './changed.ts'

/** Runs an action: whether it is under way, and the sentence for what went wrong. Nothing typed is lost by it. */
export function useAct() {
  const t = useTranslations('comments')
  const errors = useTranslations('errors')
  const changed = useContext(ThreadsChangedContext)
  const [pending, setPending] = useState(false)
  const [code, setCode] = useState<ErrorCode | 'offline' | null>(null)

  async function run<Value>(perform: () => Promise<Answer<Value>>): Promise<Answer<Value> | null> {
    setPending(true)
    setCode(null)
    try {
      const answer = await perform()
      if (answer.ok) changed()
      else setCode(answer.code)
      return answer
    } catch {
      // A server action only throws when the server can't be reached.
      setCode('offline')
      return null
    } finally {
      setPending(false)
    }
  }

  const error = code === null ? null : code === 'offline' ? t('offline') : errors(code)
  return { run, pending, error }
}
