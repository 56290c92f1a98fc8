'use client'

import { useState } from 'react'
import { askAuth } from './ask-auth.ts'

export type Asking = 'rest' | 'working' | 'away'

/** Asks the sign-in endpoints from a press: `working` until the page is left, `away` when the server does not answer. */
export function useAskAuth(): {
  asking: Asking
  ask: (action: string, fields: Record<string, string>) => Promise<void>
} {
  const [asking, setAsking] = useState<Asking>('rest')
  async function ask(action: string, fields: Record<string, string>) {
    setAsking('working')
    try {
      await askAuth(action, fields)
    } catch {
      setAsking('away')
    }
  }
  return { asking, ask }
}
